// The parts of an import as they come in, one after the other.
#ifndef PASSEND_SERVICE_TAXONOMY_RECEIVED_IMPORT_H_
#define PASSEND_SERVICE_TAXONOMY_RECEIVED_IMPORT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "passend/v1/taxonomy_service.pb.h"

namespace passend::service {

// All of an import, each part on its own in order.
struct ReceivedImport {
  v1::Taxonomy taxonomy;
  std::string taxonomy_id;
  bool validate_only = false;
  std::vector<v1::Concept> concepts;  // as they came
};

// Collects the parts, each of which has been checked by the rules of its fields, with
// output-only fields cleared. Not thread-safe.
// After an error it is to be thrown away.
class ImportReceiver {
 public:
  // The next part.
  //   IMPORT_HEADER    the first part is no header, or a later one is
  //   IMPORT_END       the end counts other concepts, or something comes after it
  //   INVALID_FIELD    a part of nothing, or a name that is none or of another taxonomy
  //   LIMIT_EXCEEDED   concepts, relations or bytes above limits.h
  absl::Status Add(v1::ImportTaxonomyRequest part);

  // Everything, after the last part. IMPORT_HEADER and IMPORT_END where there was none.
  absl::StatusOr<ReceivedImport> Finish() &&;

 private:
  absl::Status AddHeader(v1::ImportHeader header);
  absl::Status AddConcepts(v1::ConceptBatch batch);
  absl::Status AddConcept(v1::Concept received, int place);  // in its part
  absl::Status AddEnd(const v1::ImportEnd& end);

  std::optional<ReceivedImport> import_;
  bool ended_ = false;
  size_t bytes_ = 0;
  size_t relations_ = 0;
};

// Broader, related, mapped, essential and optional ones together.
size_t RelationsOf(const v1::Concept& received);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_RECEIVED_IMPORT_H_
