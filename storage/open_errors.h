// Why a database is not opened. Each says what was found and what to do about it. `directory` is
// the store's directory as the operator gave it.
#ifndef PASSEND_STORAGE_OPEN_ERRORS_H_
#define PASSEND_STORAGE_OPEN_ERRORS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "storage/store.h"

namespace passend::storage {

// FAILED_PRECONDITION
absl::Status WrittenByNewerPassend(std::string_view directory, uint32_t format, uint32_t readable);
absl::Status InUse(std::string_view directory);
absl::Status NotPassendDatabase(std::string_view directory);
absl::Status RestoreUnfinished(std::string_view directory);
absl::Status NoDatabase(std::string_view directory);

// UNAVAILABLE, or RESOURCE_EXHAUSTED when the disk is full
absl::Status FileFailed(std::string_view path, std::string_view what, int error_number);

// DATA_LOSS
absl::Status DatabaseDamaged(std::string_view directory, std::string_view how);
absl::Status DatabaseMissing(std::string_view directory, Sequence anchored);
absl::Status DatabaseBehindAnchor(std::string_view directory, Sequence last, Sequence anchored);
absl::Status DatabaseOfOtherHistory(std::string_view directory, Sequence anchored);
absl::Status AnchorTooOld(std::string_view directory, Sequence anchored, Sequence compacted);
absl::Status AnchorMissing(std::string_view directory, Sequence last);
absl::Status AnchorDamaged(std::string_view path);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_OPEN_ERRORS_H_
