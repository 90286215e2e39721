// Why people's keys, or the records that are encrypted with them, cannot be had.
#ifndef PASSEND_STORAGE_KEY_STORE_ERRORS_H_
#define PASSEND_STORAGE_KEY_STORE_ERRORS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "storage/record_kind.h"

namespace passend::storage {

// FAILED_PRECONDITION
absl::Status KeysInUse(std::string_view directory);
absl::Status KeysWrittenByNewerPassend(std::string_view directory, uint32_t format,
                                       uint32_t readable);
absl::Status KeysThereAlready(std::string_view directory);
absl::Status KeysNotGiven(std::string_view database_directory);
absl::Status KeysMissing(std::string_view database_directory, std::string_view key_directory);
absl::Status DatabaseOfKeysMissing(std::string_view database_directory,
                                   std::string_view key_directory, size_t people);
absl::Status KeysOfOtherDatabase(std::string_view database_directory,
                                 std::string_view key_directory);

// RESOURCE_EXHAUSTED
absl::Status TooManyPeople();

// UNAVAILABLE
absl::Status KeysStopped(const absl::Status& cause);

// ABORTED
absl::Status PersonErased(RecordKind kind);

// DATA_LOSS
absl::Status KeysDamaged(std::string_view directory);
absl::Status KeyMissing();
absl::Status KeyDamaged();

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_KEY_STORE_ERRORS_H_
