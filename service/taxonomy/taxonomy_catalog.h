// The taxonomies as they are now, for everybody who matches, names or searches.
#ifndef PASSEND_SERVICE_TAXONOMY_TAXONOMY_CATALOG_H_
#define PASSEND_SERVICE_TAXONOMY_TAXONOMY_CATALOG_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "service/skill_catalog.h"
#include "service/taxonomy/catalog_snapshot.h"
#include "storage/store.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread. Readers never wait for a refresh: they
// keep the snapshot that they have.
class TaxonomyCatalog : public SkillCatalog {
 public:
  // With what the store has. `store` must outlive the catalog. DAMAGED_DATA or INTERNAL where it
  // cannot be read; nothing is served then.
  static absl::StatusOr<std::unique_ptr<TaxonomyCatalog>> Load(const storage::Store& store);

  explicit TaxonomyCatalog(const storage::Store& store) : store_(store) {}

  // Takes over what the store has now; cheap where no taxonomy was imported since. On an error, as
  // for Load, the catalog stays as it was.
  absl::Status Refresh();

  // The taxonomies as they are in `stored`, a snapshot of the catalog's store; cheap where they are
  // those that the catalog has. Where they are newer, the catalog takes them over. Errors as for
  // Load.
  absl::StatusOr<std::shared_ptr<const CatalogSnapshot>> At(const storage::Snapshot& stored);

  std::shared_ptr<const CatalogSnapshot> snapshot() const;

  std::optional<v1::ConceptKind> KindOf(std::string_view concept_name) const override;

 private:
  using Versions = std::map<std::string, storage::Version>;  // by taxonomy id

  const storage::Store& store_;
  absl::Mutex refresh_mutex_;  // one refresh at a time, so that the last one to read wins
  std::optional<Versions> loaded_ ABSL_GUARDED_BY(refresh_mutex_);
  mutable absl::Mutex mutex_ ABSL_ACQUIRED_AFTER(refresh_mutex_);
  std::shared_ptr<const CatalogSnapshot> snapshot_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_TAXONOMY_CATALOG_H_
