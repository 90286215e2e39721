#include "service/taxonomy/catalog_snapshot.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/taxonomy/taxonomy_names.h"
#include "service/taxonomy/taxonomy_records.h"

namespace passend::service {
namespace {

std::string TaxonomyIdOfConcept(std::string_view concept_name) {
  std::optional<ConceptId> id = ConceptIdOf(concept_name);
  return id.has_value() ? std::move(id->taxonomy) : std::string();
}

// How many occupations of each taxonomy use any skill: what specificity is measured against.
std::map<std::string, int32_t> CountOccupations(const std::vector<v1::Concept>& concepts) {
  std::map<std::string, int32_t> counts;
  for (const v1::Concept& entry : concepts) {
    const bool uses_skills = entry.essential_skills_size() + entry.optional_skills_size() > 0;
    if (uses_skills && entry.state() == v1::CONCEPT_STATE_ACTIVE) {
      ++counts[TaxonomyIdOfConcept(entry.name())];
    }
  }
  return counts;
}

}  // namespace

Language LanguageOf(std::string_view language_code) {
  return language_code == "en" ? Language::kEnglish : Language::kDutch;
}

absl::StatusOr<std::shared_ptr<const CatalogSnapshot>> CatalogSnapshot::Build(
    std::vector<v1::Concept> concepts) {
  std::sort(concepts.begin(), concepts.end(),
            [](const v1::Concept& a, const v1::Concept& b) { return a.name() < b.name(); });
  const std::map<std::string, int32_t> occupations = CountOccupations(concepts);
  std::vector<matcher::Concept> for_matcher;
  for_matcher.reserve(concepts.size());
  for (const v1::Concept& entry : concepts) {
    const auto count = occupations.find(TaxonomyIdOfConcept(entry.name()));
    for_matcher.push_back(MatcherConcept(entry, count == occupations.end() ? 0 : count->second));
  }
  absl::StatusOr<matcher::Taxonomy> taxonomy = matcher::Taxonomy::Compile(std::move(for_matcher));
  if (!taxonomy.ok()) {
    return absl::InternalError(
        absl::StrCat("stored taxonomies do not fit together: ", taxonomy.status().message()));
  }
  auto snapshot = std::make_shared<CatalogSnapshot>(OnlyBuild());
  snapshot->taxonomy_ = std::make_shared<const matcher::Taxonomy>(*std::move(taxonomy));
  snapshot->TakeTexts(concepts);
  snapshot->IndexLabels(concepts);
  return snapshot;
}

void CatalogSnapshot::TakeTexts(std::vector<v1::Concept>& concepts) {
  texts_.resize(concepts.size());
  kinds_.reserve(concepts.size());
  for (size_t index = 0; index < concepts.size(); ++index) {
    kinds_.push_back(concepts[index].kind());
    for (v1::ConceptLabel& label : *concepts[index].mutable_labels()) {
      const auto language = static_cast<size_t>(LanguageOf(label.language_code()));
      texts_[index].preferred[language] = std::move(*label.mutable_preferred());
      for (std::string& alternative : *label.mutable_alternatives()) {
        texts_[index].alternatives[language].push_back(std::move(alternative));
      }
    }
  }
}

void CatalogSnapshot::IndexLabels(const std::vector<v1::Concept>& concepts) {
  std::map<Shelf, std::vector<SearchLabel>> shelves;
  for (matcher::ConceptIndex index = 0; index < concepts.size(); ++index) {
    const v1::Concept& entry = concepts[index];
    if (entry.state() == v1::CONCEPT_STATE_DEPRECATED) continue;
    std::vector<SearchLabel>& shelf = shelves[{TaxonomyIdOfConcept(entry.name()), entry.kind()}];
    for (Language language : {Language::kDutch, Language::kEnglish}) {
      const auto number = static_cast<size_t>(language);
      const auto add = [&](const std::string& text, bool preferred) {
        if (text.empty()) return;
        shelf.push_back(
            {text, language, preferred, taxonomy_->name(index), entry.used_by_occupations()});
      };
      add(texts_[index].preferred[number], true);
      for (const std::string& text : texts_[index].alternatives[number]) add(text, false);
    }
  }
  for (auto& [shelf, labels] : shelves) indices_.try_emplace(shelf, std::move(labels));
}

std::optional<v1::ConceptKind> CatalogSnapshot::KindOf(std::string_view concept_name) const {
  const std::optional<matcher::ConceptIndex> index = taxonomy_->Find(concept_name);
  if (!index.has_value()) return std::nullopt;
  return kinds_[*index];
}

std::string_view CatalogSnapshot::LabelOf(matcher::ConceptIndex index, Language language) const {
  for (Language tried : {language, Language::kEnglish, Language::kDutch}) {
    const std::string& label = texts_[index].preferred[static_cast<size_t>(tried)];
    if (!label.empty()) return label;
  }
  return taxonomy_->name(index);
}

std::vector<v1::ConceptHit> CatalogSnapshot::Search(const ConceptSearch& search) const {
  const SearchText text(search.text);
  std::vector<LabelHit> hits;
  for (const auto& [shelf, index] : indices_) {
    if (search.taxonomy_id.has_value() && shelf.first != *search.taxonomy_id) continue;
    if (std::count(search.kinds.begin(), search.kinds.end(), shelf.second) == 0) continue;
    const std::vector<LabelHit> found = index.Search(text, search.language, search.limit);
    hits.insert(hits.end(), found.begin(), found.end());
  }
  std::sort(hits.begin(), hits.end(),
            [](const LabelHit& a, const LabelHit& b) { return a.order < b.order; });
  if (hits.size() > search.limit) hits.resize(search.limit);
  std::vector<v1::ConceptHit> result;
  result.reserve(hits.size());
  for (const LabelHit& hit : hits) result.push_back(HitOf(hit, search.language));
  return result;
}

v1::ConceptHit CatalogSnapshot::HitOf(const LabelHit& hit, Language language) const {
  v1::ConceptHit result;
  const std::optional<matcher::ConceptIndex> index = taxonomy_->Find(hit.order.concept_name);
  if (!index.has_value()) return result;  // labels are of concepts of this taxonomy
  result.set_name(taxonomy_->name(*index));
  result.set_kind(kinds_[*index]);
  result.set_label(std::string(LabelOf(*index, language)));
  if (hit.text != result.label()) result.set_matched_label(std::string(hit.text));
  return result;
}

}  // namespace passend::service
