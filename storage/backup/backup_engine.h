// The engine's own backups, as they are set up here.
#ifndef PASSEND_STORAGE_BACKUP_BACKUP_ENGINE_H_
#define PASSEND_STORAGE_BACKUP_BACKUP_ENGINE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "rocksdb/utilities/backup_engine.h"

namespace passend::storage {

// A step of copying: how often it is told how far it is.
inline constexpr uint64_t kCopyStepBytes = uint64_t{1} << 20;

// `bytes_a_second` 0: no limit. Errors as of files.
absl::StatusOr<std::unique_ptr<rocksdb::BackupEngine>> OpenBackupEngine(const std::string& folder,
                                                                        uint64_t bytes_a_second,
                                                                        rocksdb::Env* env);

// For reading backups that are there; nothing is written.
absl::StatusOr<std::unique_ptr<rocksdb::BackupEngineReadOnly>> OpenBackupReader(
    const std::string& folder);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_BACKUP_ENGINE_H_
