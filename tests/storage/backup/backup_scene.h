// A store in a folder, its backups in another, and short ways to write, back up and restore.
#ifndef PASSEND_TESTS_STORAGE_BACKUP_BACKUP_SCENE_H_
#define PASSEND_TESTS_STORAGE_BACKUP_BACKUP_SCENE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/backup/backups.h"
#include "storage/backup/restore.h"
#include "storage/backup/scrub.h"
#include "storage/rocksdb_store.h"
#include "tests/storage/batches.h"
#include "tests/storage/damage.h"
#include "tests/storage/fixed_wrapper.h"
#include "tests/storage/store_factories.h"

namespace passend::storage {

inline Key Tombstone(std::string id) { return {RecordKind::kErasure, std::move(id)}; }

class BackupScene : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return directory_.path() + "/" + name; }
  std::string data() const { return path("data"); }
  std::string backups() const { return path("backups"); }
  std::string target() const { return path("target"); }

  std::shared_ptr<PersonKeys> KeysAt(const std::string& name) {
    auto keys = PersonKeys::Open({path(name), std::make_shared<FixedWrapper>()});
    EXPECT_TRUE(keys.ok()) << keys.status();
    return *std::move(keys);
  }

  void Open(std::shared_ptr<PersonKeys> keys = nullptr, rocksdb::Env* env = nullptr) {
    store_.reset();
    OpenOptions options;
    options.directory = data();
    options.keys = std::move(keys);
    options.env = env;
    auto store = OpenRocksDbStore(std::move(options));
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }

  void Put(const std::string& person, const std::string& value) {
    const auto put =
        store_->Commit(BatchOf().Put(Passport(person), value).Tell(Passport(person), "p"));
    ASSERT_TRUE(put.ok()) << put.status();
  }
  static absl::Status Erase(Store& store, const std::string& person) {
    return store
        .Commit(BatchOf()
                    .Delete(Passport(person))
                    .Put(Tombstone(person), "then")
                    .Tell(Passport(person), "erased"))
        .status();
  }

  absl::StatusOr<MadeBackup> BackUp(uint32_t kept = 14) {
    BackupSettings settings;
    settings.folder = backups();
    settings.kept = kept;
    settings.clock = [] { return absl::FromUnixSeconds(1'800'000'000); };
    return MakeBackup(*store_, settings);
  }

  absl::StatusOr<VerifiedFolder> Verify(std::optional<uint32_t> number = std::nullopt) {
    return VerifyBackups(backups(), number, {});
  }
  bool IsWhole() {
    const auto verified = Verify();
    return verified.ok() && verified->whole();
  }

  RestoreSettings SettingsFor(std::optional<uint32_t> number = std::nullopt,
                              std::shared_ptr<PersonKeys> keys = nullptr) {
    RestoreSettings settings;
    settings.folder = backups();
    settings.number = number;
    settings.target = target();
    settings.keys = std::move(keys);
    settings.erase = Erase;
    return settings;
  }
  absl::StatusOr<RestoredBackup> Restore(std::optional<uint32_t> number = std::nullopt,
                                         std::shared_ptr<PersonKeys> keys = nullptr) {
    return RestoreBackup(SettingsFor(number, std::move(keys)));
  }

  // Every regular file of the backups but the lock, from the folder on.
  std::vector<std::string> BackupFiles() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(backups())) {
      if (!entry.is_regular_file() || entry.path().filename() == "lock") continue;
      files.push_back(std::filesystem::relative(entry.path(), backups()).string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_BACKUP_BACKUP_SCENE_H_
