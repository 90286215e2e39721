#include "service/taxonomy/taxonomy_catalog.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/taxonomy/taxonomy_records.h"

namespace passend::service {
namespace {

absl::StatusOr<std::shared_ptr<const CatalogSnapshot>> BuildFrom(const storage::Snapshot& stored) {
  std::vector<v1::Concept> concepts;
  absl::Status parsed;
  const absl::Status scanned =
      stored.Scan({storage::RecordKind::kConcept, "", ""}, [&](const storage::Record& record) {
        absl::StatusOr<v1::Concept> entry = StoredConcept(record);
        parsed = entry.status();
        if (parsed.ok()) concepts.push_back(*std::move(entry));
        return parsed.ok();
      });
  if (!scanned.ok()) return scanned;
  if (!parsed.ok()) return parsed;
  return CatalogSnapshot::Build(std::move(concepts));
}

// The commit of the last import. Taxonomies are never taken away.
storage::Version LastImport(const std::map<std::string, storage::Version>& versions) {
  storage::Version last = 0;
  for (const auto& [unused, version] : versions) last = std::max(last, version);
  return last;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TaxonomyCatalog>> TaxonomyCatalog::Load(
    const storage::Store& store) {
  auto catalog = std::make_unique<TaxonomyCatalog>(store);
  if (absl::Status read = catalog->Refresh(); !read.ok()) return read;
  return catalog;
}

absl::Status TaxonomyCatalog::Refresh() {
  const auto stored = store_.GetSnapshot();
  if (!stored.ok()) return stored.status();
  return At(**stored).status();
}

absl::StatusOr<std::shared_ptr<const CatalogSnapshot>> TaxonomyCatalog::At(
    const storage::Snapshot& stored) {
  absl::MutexLock refreshing(&refresh_mutex_);
  Versions versions;
  const absl::Status scanned = stored.Scan({storage::RecordKind::kTaxonomy, "", ""},
                                           [&versions](const storage::Record& record) {
                                             versions.emplace(record.key.id, record.version);
                                             return true;
                                           });
  if (!scanned.ok()) return scanned;
  // Every import writes its taxonomy's record: where these are the same, so is all else.
  if (loaded_ == versions) return snapshot();
  auto built = BuildFrom(stored);
  if (!built.ok() || (loaded_ && LastImport(versions) < LastImport(*loaded_))) return built;
  loaded_ = std::move(versions);
  absl::MutexLock swapping(&mutex_);
  snapshot_ = *built;
  return built;
}

std::shared_ptr<const CatalogSnapshot> TaxonomyCatalog::snapshot() const {
  absl::MutexLock lock(&mutex_);
  return snapshot_;
}

std::optional<v1::ConceptKind> TaxonomyCatalog::KindOf(std::string_view concept_name) const {
  return snapshot()->KindOf(concept_name);
}

}  // namespace passend::service
