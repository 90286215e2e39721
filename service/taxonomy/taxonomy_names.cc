#include "service/taxonomy/taxonomy_names.h"

#include <algorithm>

namespace passend::service {
namespace {

constexpr std::string_view kTaxonomies = "taxonomies/";
constexpr std::string_view kConcepts = "/concepts/";
constexpr size_t kIdCharactersMax = 63;

bool IsLowerLetter(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsTaxonomyId(std::string_view id) {
  return !id.empty() && id.size() <= kIdCharactersMax && IsLowerLetter(id.front()) &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return IsLowerLetter(c) || IsDigit(c) || c == '-'; });
}

bool IsConceptId(std::string_view id) {
  return !id.empty() && id.size() <= kIdCharactersMax &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return IsLowerLetter(c) || IsDigit(c) || (c >= 'A' && c <= 'Z') || c == '.' ||
                  c == '_' || c == '-';
         });
}

}  // namespace

std::optional<std::string> TaxonomyIdOf(std::string_view taxonomy_name) {
  if (!taxonomy_name.starts_with(kTaxonomies)) return std::nullopt;
  const std::string_view id = taxonomy_name.substr(kTaxonomies.size());
  if (!IsTaxonomyId(id)) return std::nullopt;
  return std::string(id);
}

std::optional<ConceptId> ConceptIdOf(std::string_view concept_name) {
  const size_t middle = concept_name.find(kConcepts);
  if (middle == std::string_view::npos) return std::nullopt;
  std::optional<std::string> taxonomy = TaxonomyIdOf(concept_name.substr(0, middle));
  const std::string_view id = concept_name.substr(middle + kConcepts.size());
  if (!taxonomy.has_value() || !IsConceptId(id)) return std::nullopt;
  return ConceptId{*std::move(taxonomy), std::string(id)};
}

storage::Key TaxonomyKey(std::string_view taxonomy_id) {
  return {storage::RecordKind::kTaxonomy, std::string(taxonomy_id)};
}

storage::Key ConceptKey(const ConceptId& id) {
  return {storage::RecordKind::kConcept, id.taxonomy + "/" + id.concept_id};
}

}  // namespace passend::service
