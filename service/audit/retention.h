// Removes what was kept for long enough: looks, decisions, earlier versions, and the part of the
// journal that tells of them.
#ifndef PASSEND_SERVICE_AUDIT_RETENTION_H_
#define PASSEND_SERVICE_AUDIT_RETENTION_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/store.h"

namespace passend::service {

// Removes what commits before `oldest` wrote of these kinds, and no more than what was written
// within `at_most` after the first of it: a clock that runs a year ahead for an hour takes away a
// part, and not everything. The journal is compacted up to there: its chain goes on from the last
// entry that is not kept. Until then the removal is noted in the commits that remove, so that
// nobody misses what is gone already. Gives how many records went. What is removed stays so when it
// breaks off; the next call goes on. Errors of the store.
absl::StatusOr<size_t> RemoveOlder(storage::Store& store, absl::Time oldest,
                                   absl::Duration at_most = absl::InfiniteDuration());

// Whether any look, decision or earlier version is there.
absl::StatusOr<bool> AnyKept(const storage::Store& store);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_RETENTION_H_
