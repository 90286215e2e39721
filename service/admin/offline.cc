#include "service/admin/offline.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/admin/erase_again.h"
#include "service/admin/record_check.h"
#include "storage/master_key_file.h"

namespace passend::service {

absl::StatusOr<std::shared_ptr<storage::PersonKeys>> OpenKeys(const KeyFiles& files) {
  if (files.master_key_file.empty() && files.key_folder.empty()) return nullptr;
  if (files.master_key_file.empty() || files.key_folder.empty()) {
    return absl::InvalidArgumentError(
        "--master-key-file and --key-folder go together: give both, or neither");
  }
  std::error_code error;
  if (!std::filesystem::is_directory(files.key_folder, error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--key-folder ", files.key_folder, ": there is no such folder"));
  }
  const auto master = storage::MasterKeyFile::Load(files.master_key_file);
  if (!master.ok()) return master.status();
  auto keys = storage::PersonKeys::Open({.directory = files.key_folder, .master = *master});
  if (!keys.ok()) return keys.status();
  return std::shared_ptr<storage::PersonKeys>(*std::move(keys));
}

absl::StatusOr<storage::VerifiedFolder> VerifyOffline(const std::string& folder,
                                                      std::optional<uint32_t> number,
                                                      const KeyFiles& keys,
                                                      const storage::LongWork& work) {
  const auto opened = OpenKeys(keys);
  if (!opened.ok()) return opened.status();
  return storage::VerifyBackups(folder, number, {*opened, NewRecordCheck, work});
}

absl::StatusOr<storage::RestoredBackup> RestoreOffline(
    const std::string& folder, std::optional<uint32_t> number, const std::string& target,
    const KeyFiles& keys, const std::function<absl::Time()>& now, const storage::LongWork& work) {
  auto opened = OpenKeys(keys);
  if (!opened.ok()) return opened.status();
  storage::RestoreSettings settings;
  settings.folder = folder;
  settings.number = number;
  settings.target = target;
  settings.keys = *std::move(opened);
  settings.erase = [&now](storage::Store& store, const std::string& person) {
    return EraseAgain(store, person, now());
  };
  settings.rules = NewRecordCheck;
  settings.clock = now;
  settings.work = work;
  return storage::RestoreBackup(settings);
}

absl::StatusOr<storage::CheckedContents> ScrubOffline(const std::string& data, const KeyFiles& keys,
                                                      const storage::LongWork& work) {
  const auto opened = OpenKeys(keys);
  if (!opened.ok()) return opened.status();
  return storage::ScrubDirectory(data, {*opened, NewRecordCheck, work});
}

}  // namespace passend::service
