#include "tests/service/taxonomy/taxonomy_world.h"

#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/errors/error_status.h"
#include "storage/memory_store.h"

namespace passend::service {

std::string Named(std::string_view id) { return "taxonomies/esco/concepts/" + std::string(id); }

v1::Concept MakeConcept(v1::ConceptKind kind, std::string_view id, std::string_view label) {
  v1::Concept entry;
  entry.set_name(Named(id));
  entry.set_kind(kind);
  v1::ConceptLabel* english = entry.add_labels();
  english->set_language_code("en");
  english->set_preferred(std::string(label.empty() ? id : label));
  return entry;
}

v1::Concept MakeSkill(std::string_view id, std::string_view label) {
  return MakeConcept(v1::CONCEPT_KIND_SKILL, id, label);
}

v1::Concept MakeOccupation(std::string_view id, std::initializer_list<const char*> essential,
                           std::initializer_list<const char*> optional) {
  v1::Concept entry = MakeConcept(v1::CONCEPT_KIND_OCCUPATION, id);
  for (const char* skill : essential) entry.add_essential_skills(Named(skill));
  for (const char* skill : optional) entry.add_optional_skills(Named(skill));
  return entry;
}

v1::Concept InDutch(v1::Concept entry, std::initializer_list<const char*> texts) {
  v1::ConceptLabel* dutch = entry.add_labels();
  dutch->set_language_code("nl");
  for (const char* text : texts) {
    if (dutch->preferred().empty()) {
      dutch->set_preferred(text);
    } else {
      dutch->add_alternatives(text);
    }
  }
  return entry;
}

v1::ImportTaxonomyRequest HeaderPart(bool validate_only) {
  v1::ImportTaxonomyRequest part;
  part.mutable_header()->set_validate_only(validate_only);
  v1::Taxonomy& taxonomy = *part.mutable_header()->mutable_taxonomy();
  taxonomy.set_name("taxonomies/esco");
  taxonomy.set_display_name("ESCO");
  taxonomy.set_version_label("1.1.1");
  return part;
}

v1::ImportTaxonomyRequest ConceptsPart(std::vector<v1::Concept> concepts) {
  v1::ImportTaxonomyRequest part;
  part.mutable_concepts();
  for (v1::Concept& entry : concepts) *part.mutable_concepts()->add_concepts() = std::move(entry);
  return part;
}

v1::ImportTaxonomyRequest EndPart(int concept_count) {
  v1::ImportTaxonomyRequest part;
  part.mutable_end()->set_concept_count(concept_count);
  return part;
}

std::vector<v1::ImportTaxonomyRequest> Ended(std::vector<v1::ImportTaxonomyRequest> parts) {
  int concept_count = 0;
  for (const v1::ImportTaxonomyRequest& part : parts) {
    concept_count += part.concepts().concepts_size();
  }
  parts.push_back(EndPart(concept_count));
  return parts;
}

TaxonomyWorld::TaxonomyWorld()
    : own_store_(storage::NewMemoryStore()),
      store_(*own_store_),
      catalog_(*TaxonomyCatalog::Load(store_)),
      handlers_(std::make_unique<TaxonomyHandlers>(store_, *catalog_, [this] { return now_; })) {}

TaxonomyWorld::TaxonomyWorld(storage::Store& store)
    : store_(store),
      catalog_(*TaxonomyCatalog::Load(store_)),
      handlers_(std::make_unique<TaxonomyHandlers>(store_, *catalog_, [this] { return now_; })) {}

absl::StatusOr<v1::ImportTaxonomyResponse> TaxonomyWorld::ImportParts(
    std::vector<v1::ImportTaxonomyRequest> parts) {
  ImportReceiver receiver;
  for (v1::ImportTaxonomyRequest& part : parts) {
    if (absl::Status added = receiver.Add(std::move(part)); !added.ok()) return added;
  }
  absl::StatusOr<ReceivedImport> import = std::move(receiver).Finish();
  if (!import.ok()) return import.status();
  return handlers_->Import(*std::move(import));
}

absl::StatusOr<v1::ImportTaxonomyResponse> TaxonomyWorld::Import(std::vector<v1::Concept> concepts,
                                                                 bool validate_only) {
  return ImportParts(Ended({HeaderPart(validate_only), ConceptsPart(std::move(concepts))}));
}

std::vector<std::string> TaxonomyWorld::Search(std::string_view query, std::string_view language) {
  v1::SearchConceptsRequest request;
  request.set_query(std::string(query));
  request.set_language_code(std::string(language));
  std::vector<std::string> lines;
  const auto response = handlers_->Search(request);
  if (!response.ok()) return {response.status().ToString()};
  for (const v1::ConceptHit& hit : response->hits()) {
    lines.push_back(hit.matched_label().empty()
                        ? hit.label()
                        : absl::StrCat(hit.label(), " [", hit.matched_label(), "]"));
  }
  return lines;
}

std::string ErrorText(const absl::Status& status) {
  const std::optional<google::rpc::ErrorInfo> info = ErrorInfoOf(status);
  if (!info.has_value()) return status.ToString();
  std::string text = info->reason();
  static constexpr std::string_view kPrefix = "ERROR_REASON_";
  if (text.starts_with(kPrefix)) text.erase(0, kPrefix.size());
  for (const auto& [key, value] :
       std::map<std::string, std::string>(info->metadata().begin(), info->metadata().end())) {
    absl::StrAppend(&text, " ", key, "=", value);
  }
  return text;
}

}  // namespace passend::service
