#include "service/taxonomy/taxonomy_names.h"

#include "service/names/string_form.h"

namespace passend::service {
namespace {

constexpr std::string_view kTaxonomies = "taxonomies/";
constexpr std::string_view kConcepts = "/concepts/";

}  // namespace

std::optional<std::string> TaxonomyIdOf(std::string_view taxonomy_name) {
  if (taxonomy_name.empty() || !HasForm(taxonomy_name, v1::STRING_FORM_TAXONOMY_NAME)) {
    return std::nullopt;
  }
  return std::string(taxonomy_name.substr(kTaxonomies.size()));
}

std::optional<ConceptId> ConceptIdOf(std::string_view concept_name) {
  if (concept_name.empty() || !HasForm(concept_name, v1::STRING_FORM_CONCEPT_NAME)) {
    return std::nullopt;
  }
  const size_t middle = concept_name.find(kConcepts);
  return ConceptId{
      std::string(concept_name.substr(kTaxonomies.size(), middle - kTaxonomies.size())),
      std::string(concept_name.substr(middle + kConcepts.size()))};
}

std::string TaxonomyNameOfId(std::string_view record_id) {
  return std::string(kTaxonomies).append(record_id);
}

std::optional<std::string> ConceptNameOfId(std::string_view record_id) {
  const size_t slash = record_id.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return TaxonomyNameOfId(record_id.substr(0, slash))
      .append(kConcepts)
      .append(record_id.substr(slash + 1));
}

storage::Key TaxonomyKey(std::string_view taxonomy_id) {
  return {storage::RecordKind::kTaxonomy, std::string(taxonomy_id)};
}

storage::Key ConceptKey(const ConceptId& id) {
  return {storage::RecordKind::kConcept, id.taxonomy + "/" + id.concept_id};
}

}  // namespace passend::service
