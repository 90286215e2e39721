#include "storage/backup/backup_engine.h"

#include <stdlib.h>

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "storage/backup/backup_folder.h"
#include "storage/store_errors.h"
#include "storage/write_health.h"

namespace passend::storage {

namespace fs = std::filesystem;

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

absl::StatusOr<std::unique_ptr<BackupReader>> BackupReader::Open(const std::string& folder,
                                                                 uint32_t number) {
  std::error_code failed;
  const fs::path whole = fs::absolute(folder, failed);
  std::string view = (fs::temp_directory_path(failed) / "passend-backup-XXXXXX").string();
  if (failed || mkdtemp(view.data()) == nullptr) {
    return absl::UnavailableError("there is no place for temporary files");
  }
  auto reader = std::make_unique<BackupReader>(OnlyOpen(), view, number);
  fs::create_directory(fs::path(view) / "meta", failed);
  for (const std::string& name : {std::string("private"), std::string("shared_checksum"),
                                  std::string("shared"), MetaPath(number)}) {
    if (!failed && fs::exists(whole / name, failed)) {
      fs::create_symlink(whole / name, fs::path(view) / name, failed);
    }
  }
  if (failed) return absl::UnavailableError(absl::StrCat("cannot link files: ", failed.message()));
  if (const rocksdb::Status opened = reader->OpenEngine(); !opened.ok()) return FromRocksDb(opened);
  return reader;
}

BackupReader::~BackupReader() {
  engine_.reset();
  std::error_code ignored;
  fs::remove_all(view_, ignored);  // the links, and nothing behind them
}

rocksdb::Status BackupReader::OpenEngine() {
  rocksdb::BackupEngineReadOnly* opened = nullptr;
  const rocksdb::Status status = rocksdb::BackupEngineReadOnly::Open(
      rocksdb::BackupEngineOptions(view_), rocksdb::Env::Default(), &opened);
  if (status.ok()) engine_.reset(opened);
  return status;
}

rocksdb::Status BackupReader::Find(rocksdb::BackupInfo& info) const {
  return engine_->GetBackupInfo(number_, &info, true);
}

}  // namespace passend::storage
