// Removes what was kept for long enough: the oldest part of the journal, and the looks, decisions
// and earlier versions that it tells of.
#ifndef PASSEND_SERVICE_AUDIT_RETENTION_H_
#define PASSEND_SERVICE_AUDIT_RETENTION_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/store.h"

namespace passend::service {

// Removes what commits before `oldest` wrote of these kinds, and compacts the journal up to there,
// with the receipts of those commits; its chain goes on from the last entry that is not kept. Takes
// no more than the commits within `at_most` after the oldest: a clock that runs a year ahead for an
// hour takes away a part, and not everything. Up to where is noted in the commits that remove, so
// that nobody misses what is gone already. Gives how many records went. What is removed stays so
// when it breaks off; the next call goes on. Errors of the store.
absl::StatusOr<size_t> RemoveOlder(storage::Store& store, absl::Time oldest,
                                   absl::Duration at_most = absl::InfiniteDuration());

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_RETENTION_H_
