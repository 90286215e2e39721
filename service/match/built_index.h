// An index made from everything that is stored, with the vocabulary that it is over.
#ifndef PASSEND_SERVICE_MATCH_BUILT_INDEX_H_
#define PASSEND_SERVICE_MATCH_BUILT_INDEX_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "matcher/match_index.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "storage/store.h"

namespace passend::service {

// Of one snapshot: people, work and vocabulary alike.
struct BuiltIndex {
  std::shared_ptr<const CatalogSnapshot> catalog;
  std::vector<std::string> taxonomies;  // `taxonomies/esco@12`, in the order of their names
  std::shared_ptr<matcher::MatchIndex> index;
  std::shared_ptr<const storage::Snapshot> records;

  storage::Sequence sequence() const { return records->sequence(); }
};

struct BuildWatch {
  // Takes lines for the log: progress, every few seconds, and the end.
  std::function<void(std::string_view line)> log;
  // Asked now and then; true ends it with CANCELLED.
  std::function<bool()> given_up;
};

// Takes a snapshot and reads all of it: seconds for large databases. DAMAGED_DATA or INTERNAL where
// it cannot be read; CANCELLED; errors of the store.
absl::StatusOr<BuiltIndex> BuildFromStore(const storage::Store& store, TaxonomyCatalog& catalog,
                                          const BuildWatch& watch);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_BUILT_INDEX_H_
