// A store, a catalog and the handlers over it, and short ways to say what is imported.
#ifndef PASSEND_TESTS_SERVICE_TAXONOMY_TAXONOMY_WORLD_H_
#define PASSEND_TESTS_SERVICE_TAXONOMY_TAXONOMY_WORLD_H_

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/error_reason.pb.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "service/taxonomy/taxonomy_handlers.h"
#include "storage/store.h"

namespace passend::service {

// `taxonomies/esco/concepts/{id}`.
std::string Named(std::string_view id);

// A concept of taxonomies/esco with the English label `label`, its id where that is empty.
v1::Concept MakeConcept(v1::ConceptKind kind, std::string_view id, std::string_view label = "");
v1::Concept MakeSkill(std::string_view id, std::string_view label = "");
v1::Concept MakeOccupation(std::string_view id, std::initializer_list<const char*> essential,
                           std::initializer_list<const char*> optional = {});

// Adds a Dutch label; the first text is preferred, the others are alternatives.
v1::Concept InDutch(v1::Concept entry, std::initializer_list<const char*> texts);

// The header of taxonomies/esco, and concepts in one batch.
v1::ImportTaxonomyRequest HeaderPart(bool validate_only = false);
v1::ImportTaxonomyRequest ConceptsPart(std::vector<v1::Concept> concepts);

// The parts with the end that belongs to them.
std::vector<v1::ImportTaxonomyRequest> Ended(std::vector<v1::ImportTaxonomyRequest> parts);
v1::ImportTaxonomyRequest EndPart(int concept_count);

class TaxonomyWorld {
 public:
  TaxonomyWorld();
  // Over a store that somebody else keeps.
  explicit TaxonomyWorld(storage::Store& store);

  storage::Store& store() { return store_; }
  TaxonomyCatalog& catalog() { return *catalog_; }
  TaxonomyHandlers& handlers() { return *handlers_; }
  void Advance(absl::Duration by) { now_ += by; }

  // An import, part by part; nothing is added to it.
  absl::StatusOr<v1::ImportTaxonomyResponse> ImportParts(
      std::vector<v1::ImportTaxonomyRequest> parts);
  // A header, the concepts in one batch, and the end.
  absl::StatusOr<v1::ImportTaxonomyResponse> Import(std::vector<v1::Concept> concepts,
                                                    bool validate_only = false);

  // Labels of the hits, with the matched label in brackets where it is another one.
  std::vector<std::string> Search(std::string_view query, std::string_view language);

 private:
  std::unique_ptr<storage::Store> own_store_;
  storage::Store& store_;
  absl::Time now_ = absl::FromUnixSeconds(1'790'000'000);
  std::unique_ptr<TaxonomyCatalog> catalog_;
  std::unique_ptr<TaxonomyHandlers> handlers_;
};

// "DANGLING_CONCEPT concept=... target=..." of an error: the reason without its prefix, and the
// metadata in order of their keys.
std::string ErrorText(const absl::Status& status);

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_TAXONOMY_TAXONOMY_WORLD_H_
