// The engine's own backups, as they are set up here.
#ifndef PASSEND_STORAGE_BACKUP_BACKUP_ENGINE_H_
#define PASSEND_STORAGE_BACKUP_BACKUP_ENGINE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "rocksdb/utilities/backup_engine.h"

namespace passend::storage {

// A step of copying: how often it is told how far it is.
inline constexpr uint64_t kCopyStepBytes = uint64_t{1} << 20;

// `bytes_a_second` 0: no limit. Errors as of files.
absl::StatusOr<std::unique_ptr<rocksdb::BackupEngine>> OpenBackupEngine(const std::string& folder,
                                                                        uint64_t bytes_a_second,
                                                                        rocksdb::Env* env);

// For reading one backup. The engine sees a folder with this backup's list alone: lists that do not
// agree with each other, as where a bit of one has flipped, make Debian's build of it abort.
class BackupReader {
  struct OnlyOpen {
    explicit OnlyOpen() = default;
  };

 public:
  // UNAVAILABLE where there is no place for that folder; errors as of files.
  static absl::StatusOr<std::unique_ptr<BackupReader>> Open(const std::string& folder,
                                                            uint32_t number);
  // Use Open.
  BackupReader(OnlyOpen, std::string view, uint32_t number)
      : view_(std::move(view)), number_(number) {}
  ~BackupReader();
  BackupReader(const BackupReader&) = delete;
  BackupReader& operator=(const BackupReader&) = delete;

  // Where the backup can be opened as a database, for as long as this is there. Errors of the
  // engine.
  rocksdb::Status Find(rocksdb::BackupInfo& info) const;

 private:
  rocksdb::Status OpenEngine();

  const std::string view_;  // a folder of links
  const uint32_t number_;
  std::unique_ptr<rocksdb::BackupEngineReadOnly> engine_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_BACKUP_ENGINE_H_
