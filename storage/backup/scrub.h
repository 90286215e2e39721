// Reading everything that a store has, to find damage before somebody needs what is damaged.
#ifndef PASSEND_STORAGE_BACKUP_SCRUB_H_
#define PASSEND_STORAGE_BACKUP_SCRUB_H_

#include <string>

#include "absl/status/statusor.h"
#include "storage/backup/contents_check.h"
#include "storage/store.h"

namespace passend::storage {

// Of a store of OpenRocksDbStore, while it is used: what is on its disk, as of a moment during the
// call. Errors as CheckContentsAt.
absl::StatusOr<CheckedContents> ScrubStore(Store& store, const CheckSettings& settings);

// Of a store that nobody has open. Its anchor is compared as well; nothing is changed.
// FAILED_PRECONDITION where it is in use; NOT_FOUND where there is none; otherwise as above.
absl::StatusOr<CheckedContents> ScrubDirectory(const std::string& directory,
                                               const CheckSettings& settings);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_SCRUB_H_
