#include "service/taxonomy/taxonomy_catalog.h"

#include <utility>
#include <vector>

#include "service/taxonomy/taxonomy_records.h"

namespace passend::service {

absl::StatusOr<std::unique_ptr<TaxonomyCatalog>> TaxonomyCatalog::Load(
    const storage::Store& store) {
  auto catalog = std::make_unique<TaxonomyCatalog>(store);
  if (absl::Status read = catalog->Refresh(); !read.ok()) return read;
  return catalog;
}

absl::Status TaxonomyCatalog::Refresh() {
  absl::MutexLock refreshing(&refresh_mutex_);
  const auto stored = store_.GetSnapshot();
  if (!stored.ok()) return stored.status();

  Versions versions;
  absl::Status scanned = (*stored)->Scan({storage::RecordKind::kTaxonomy, "", ""},
                                         [&versions](storage::Record record) {
                                           versions.emplace(record.key.id, record.version);
                                           return true;
                                         });
  if (!scanned.ok()) return scanned;
  // Every import writes its taxonomy's record: where these are the same, so is all else.
  if (loaded_ == versions) return absl::OkStatus();

  std::vector<v1::Concept> concepts;
  absl::Status parsed;
  scanned =
      (*stored)->Scan({storage::RecordKind::kConcept, "", ""}, [&](const storage::Record& record) {
        absl::StatusOr<v1::Concept> entry = StoredConcept(record);
        parsed = entry.status();
        if (parsed.ok()) concepts.push_back(*std::move(entry));
        return parsed.ok();
      });
  if (!scanned.ok()) return scanned;
  if (!parsed.ok()) return parsed;
  auto snapshot = CatalogSnapshot::Build(std::move(concepts));
  if (!snapshot.ok()) return snapshot.status();
  loaded_ = std::move(versions);
  absl::MutexLock swapping(&mutex_);
  snapshot_ = *std::move(snapshot);
  return absl::OkStatus();
}

std::shared_ptr<const CatalogSnapshot> TaxonomyCatalog::snapshot() const {
  absl::MutexLock lock(&mutex_);
  return snapshot_;
}

std::optional<v1::ConceptKind> TaxonomyCatalog::KindOf(std::string_view concept_name) const {
  return snapshot()->KindOf(concept_name);
}

}  // namespace passend::service
