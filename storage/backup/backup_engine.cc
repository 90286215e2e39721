#include "storage/backup/backup_engine.h"

#include "storage/store_errors.h"
#include "storage/write_health.h"

namespace passend::storage {

absl::StatusOr<std::unique_ptr<rocksdb::BackupEngine>> OpenBackupEngine(const std::string& folder,
                                                                        uint64_t bytes_a_second,
                                                                        rocksdb::Env* env) {
  rocksdb::BackupEngineOptions options(folder);
  options.backup_env = env;
  options.share_table_files = true;
  options.share_files_with_checksum = true;
  options.sync = true;
  options.backup_log_files = true;  // commits that came while the files were copied
  options.backup_rate_limit = bytes_a_second;
  options.callback_trigger_interval_size = kCopyStepBytes;
  rocksdb::BackupEngine* opened = nullptr;
  const rocksdb::Status status = rocksdb::BackupEngine::Open(env, options, &opened);
  if (status.IsNoSpace()) return DiskFull();
  if (!status.ok()) return FromRocksDb(status);
  return std::unique_ptr<rocksdb::BackupEngine>(opened);
}

absl::StatusOr<std::unique_ptr<rocksdb::BackupEngineReadOnly>> OpenBackupReader(
    const std::string& folder) {
  rocksdb::BackupEngineReadOnly* opened = nullptr;
  const rocksdb::Status status = rocksdb::BackupEngineReadOnly::Open(
      rocksdb::BackupEngineOptions(folder), rocksdb::Env::Default(), &opened);
  if (!status.ok()) return FromRocksDb(status);
  return std::unique_ptr<rocksdb::BackupEngineReadOnly>(opened);
}

}  // namespace passend::storage
