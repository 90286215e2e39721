#include "service/taxonomy/taxonomy_handlers.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "service/records/stored_message.h"
#include "service/taxonomy/compiled_import.h"
#include "service/taxonomy/import_writer.h"
#include "service/taxonomy/limits.h"
#include "service/taxonomy/taxonomy_errors.h"
#include "service/taxonomy/taxonomy_names.h"
#include "service/taxonomy/taxonomy_records.h"

namespace passend::service {
namespace {

size_t HitsAskedFor(int32_t page_size) {
  return static_cast<size_t>(page_size == 0 ? kSearchHitsDefault
                                            : std::clamp(page_size, 1, kSearchHitsMax));
}

}  // namespace

absl::StatusOr<v1::Taxonomy> TaxonomyHandlers::Get(const v1::GetTaxonomyRequest& request) const {
  const std::optional<std::string> id = TaxonomyIdOf(request.name());
  if (!id.has_value()) return TaxonomyNotFound(request.name());
  const auto record = ReadOne(store_, TaxonomyKey(*id));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return TaxonomyNotFound(request.name());
  return StoredTaxonomy(**record);
}

absl::StatusOr<v1::ListTaxonomiesResponse> TaxonomyHandlers::List(
    const v1::ListTaxonomiesRequest& /*request*/) const {
  v1::ListTaxonomiesResponse response;
  absl::Status parsed;
  const absl::Status scanned =
      store_.Scan({storage::RecordKind::kTaxonomy, "", ""}, [&](const storage::Record& record) {
        absl::StatusOr<v1::Taxonomy> taxonomy = StoredTaxonomy(record);
        parsed = taxonomy.status();
        if (!parsed.ok()) return false;
        *response.add_taxonomies() = *std::move(taxonomy);
        return true;
      });
  if (!scanned.ok()) return scanned;
  if (!parsed.ok()) return parsed;
  return response;
}

absl::StatusOr<v1::Concept> TaxonomyHandlers::GetConcept(
    const v1::GetConceptRequest& request) const {
  const std::optional<ConceptId> id = ConceptIdOf(request.name());
  if (!id.has_value()) return ConceptNotFound(request.name());
  const auto record = ReadOne(store_, ConceptKey(*id));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return ConceptNotFound(request.name());
  return StoredConcept(**record);
}

absl::StatusOr<v1::SearchConceptsResponse> TaxonomyHandlers::Search(
    const v1::SearchConceptsRequest& request) const {
  ConceptSearch search;
  search.text = request.query();
  search.language = LanguageOf(request.language_code());
  search.limit = HitsAskedFor(request.page_size());
  for (int kind : request.kinds()) search.kinds.push_back(static_cast<v1::ConceptKind>(kind));
  if (search.kinds.empty()) search.kinds = {v1::CONCEPT_KIND_SKILL, v1::CONCEPT_KIND_KNOWLEDGE};
  if (!request.taxonomy().empty()) {
    search.taxonomy_id = TaxonomyIdOf(request.taxonomy()).value_or("");
  }
  v1::SearchConceptsResponse response;
  for (v1::ConceptHit& hit : catalog_.snapshot()->Search(search)) {
    *response.add_hits() = std::move(hit);
  }
  return response;
}

absl::StatusOr<v1::ImportTaxonomyResponse> TaxonomyHandlers::Import(ReceivedImport import) {
  if (absl::Status compiled = CompileImport(import); !compiled.ok()) return compiled;
  absl::StatusOr<v1::ImportTaxonomyResponse> response = WriteImport(store_, import, clock_());
  if (!response.ok() || import.validate_only) return response;
  if (absl::Status taken_over = catalog_.Refresh(); !taken_over.ok()) return taken_over;
  return response;
}

}  // namespace passend::service
