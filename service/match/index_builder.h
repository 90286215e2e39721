// An index of all that a store has, read and laid out on all processors.
#ifndef PASSEND_SERVICE_MATCH_INDEX_BUILDER_H_
#define PASSEND_SERVICE_MATCH_INDEX_BUILDER_H_

#include <cstddef>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "matcher/match_index.h"
#include "matcher/taxonomy.h"
#include "storage/store.h"

namespace passend::service {

struct BuildOptions {
  // Threads to read and lay out with; 0: as many as there are processors, kBuildThreadsMax at most.
  size_t threads = 0;
  // Passports that a thread reads at a time; 1 or more.
  size_t chunk_passports = 4'096;
  // How people are laid out.
  matcher::PoolLayout layout = {};
};
inline constexpr size_t kBuildThreadsMax = 8;

// An index of a snapshot: every active passport, every open task. `progress` is called after each
// chunk with how many passports were read so far, by one thread at a time; false ends it with
// CANCELLED. DAMAGED_DATA where a passport, a validation, an exposure or a task cannot be read, a
// validation without its passport too; errors of the store.
//
// Each thread reads a chunk of passports together with their validations and exposures, which are
// all in order of the passport's id, so nothing has to be kept to be looked up later. Memory beside
// the index: what matcher/people_loader.h says, and some 10 MB a thread.
absl::StatusOr<std::shared_ptr<matcher::MatchIndex>> BuildIndex(
    const storage::Snapshot& snapshot, std::shared_ptr<const matcher::Taxonomy> taxonomy,
    const std::function<bool(size_t passports)>& progress, const BuildOptions& options = {});

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_INDEX_BUILDER_H_
