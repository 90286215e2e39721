// What TaxonomyService answers, without gRPC.
#ifndef PASSEND_SERVICE_TAXONOMY_TAXONOMY_HANDLERS_H_
#define PASSEND_SERVICE_TAXONOMY_TAXONOMY_HANDLERS_H_

#include <functional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "service/taxonomy/received_import.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "storage/store.h"

namespace passend::service {

// The requests have been checked by the rules of their fields; who asks has been checked as well.
//
// Thread safety: all methods may be called from any thread.
class TaxonomyHandlers {
 public:
  // All must outlive the handlers. `clock` gives the time of an import.
  TaxonomyHandlers(storage::Store& store, TaxonomyCatalog& catalog,
                   std::function<absl::Time()> clock)
      : store_(store), catalog_(catalog), clock_(std::move(clock)) {}

  // TAXONOMY_NOT_FOUND.
  absl::StatusOr<v1::Taxonomy> Get(const v1::GetTaxonomyRequest& request) const;

  // In the order of their names.
  absl::StatusOr<v1::ListTaxonomiesResponse> List(const v1::ListTaxonomiesRequest& request) const;

  // CONCEPT_NOT_FOUND.
  absl::StatusOr<v1::Concept> GetConcept(const v1::GetConceptRequest& request) const;

  // No hits for a taxonomy that does not exist.
  absl::StatusOr<v1::SearchConceptsResponse> Search(const v1::SearchConceptsRequest& request) const;

  // Checks, computes, writes and takes over an import whose parts have all come. Errors as for
  // CompileImport and WriteImport; nothing is written then. Takes seconds: run it where others do
  // not have to wait.
  absl::StatusOr<v1::ImportTaxonomyResponse> Import(ReceivedImport import);

 private:
  storage::Store& store_;
  TaxonomyCatalog& catalog_;
  std::function<absl::Time()> clock_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_TAXONOMY_HANDLERS_H_
