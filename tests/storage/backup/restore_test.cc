// A restore is whole or not at all, takes no mixture, and brings nobody back who was erased.
#include <gmock/gmock.h>

#include <algorithm>

#include "storage/backup/seal.h"
#include "storage/files.h"
#include "storage/meta_codec.h"
#include "tests/storage/backup/backup_scene.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class RestoreTest : public BackupScene {
 protected:
  void WriteFile(const std::string& file, const std::string& text) {
    fs::create_directories(fs::path(file).parent_path());
    std::ofstream(file) << text;
  }
  static std::string Bytes(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  bool IsThere(const std::string& directory, std::shared_ptr<PersonKeys> keys,
               const std::string& person) {
    OpenOptions options;
    options.directory = directory;
    options.keys = std::move(keys);
    auto store = OpenRocksDbStore(std::move(options));
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() && (*store)->Read({Passport(person)})->front().has_value();
  }
};

TEST_F(RestoreTest, GivesTheStoreOfThatCommitWithItsAnchor) {
  Open();
  Put("anna", "1");
  ASSERT_TRUE(BackUp().ok());
  Put("anna", "2");
  ASSERT_TRUE(BackUp().ok());
  const auto restored = Restore(1);
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(restored->number, 1u);
  EXPECT_EQ(restored->head, *store_->ChainAt(1));
  EXPECT_EQ(restored->erased_again, 0u);
  EXPECT_TRUE(restored->erasures_since_unknown);
  EXPECT_TRUE(fs::exists(target() + "/anchor"));
  auto store = OpenAt(target());  // with no flag
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->Read({Passport("anna")})->front()->value, "1");
  EXPECT_TRUE(
      (*store)->Commit(BatchOf().Put(Passport("anna"), "3").Tell(Passport("anna"), "")).ok());
}

TEST_F(RestoreTest, TheNewestIsTheDefault) {
  Open();
  Put("anna", "1");
  ASSERT_TRUE(BackUp().ok());
  Put("anna", "2");
  ASSERT_TRUE(BackUp().ok());
  EXPECT_EQ(Restore()->head.sequence, 2u);
}

TEST_F(RestoreTest, AFolderWithSomethingInItIsRefusedAndLeftAlone) {
  Open();
  Put("anna", "1");
  ASSERT_TRUE(BackUp().ok());
  for (const std::string name : {"db/CURRENT", "anchor", "notes.txt", "db.creating/x"}) {
    fs::remove_all(target());
    WriteFile(target() + "/" + name, "mine");
    const auto restored = Restore();
    EXPECT_TRUE(absl::IsFailedPrecondition(restored.status())) << name << restored.status();
    EXPECT_EQ(CountFilesWith(target(), "mine"), 1) << name;
    EXPECT_FALSE(fs::exists(target() + "/restoring"));
  }
}

TEST_F(RestoreTest, AStoreInUseIsRefused) {
  Open();
  ASSERT_TRUE(BackUp().ok());
  fs::create_directories(target());
  const auto lock = DirectoryLock::Take(target());
  EXPECT_TRUE(absl::IsFailedPrecondition(Restore().status()));
}

TEST_F(RestoreTest, WhatAnInterruptedOneLeftIsBegunAnew) {
  Open();
  Put("anna", "1");
  ASSERT_TRUE(BackUp().ok());
  int interrupted = 0;
  for (int allowed = 0; allowed < 100; ++allowed) {
    RestoreSettings settings = SettingsFor();
    int asked = 0;
    settings.work.stopped = [&] { return asked++ >= allowed; };
    const auto restored = RestoreBackup(settings);
    if (restored.ok()) break;
    ++interrupted;
    EXPECT_TRUE(absl::IsCancelled(restored.status())) << restored.status();
    EXPECT_FALSE(fs::exists(target() + "/db"));
    if (!fs::exists(target() + "/restoring")) continue;
    const absl::Status opened = OpenAt(target()).status();
    EXPECT_TRUE(absl::IsFailedPrecondition(opened)) << opened;
    EXPECT_THAT(std::string(opened.message()), HasSubstr("was not finished: do it again"));
    EXPECT_FALSE(fs::exists(target() + "/db")) << "no empty store in its place";
  }
  EXPECT_GE(interrupted, 5);
  EXPECT_EQ(ContentsAt(target())->entries.size(), 1u);
  // Between the last two steps: the anchor is in its place, the database is not.
  fs::create_directories(target() + "/restoring");
  fs::rename(target() + "/db", target() + "/restoring/db");
  EXPECT_TRUE(absl::IsFailedPrecondition(OpenAt(target()).status()));
  ASSERT_TRUE(Restore().ok());
  EXPECT_EQ(ContentsAt(target())->entries.size(), 1u);
  EXPECT_FALSE(fs::exists(target() + "/restoring"));
}

TEST_F(RestoreTest, AFileOfAnotherDatabasesBackupIsRefused) {
  Open();
  Put("anna", "1");
  ASSERT_TRUE(BackUp().ok());
  store_.reset();
  CopyDirectory(backups(), path("one"));
  fs::remove_all(data());
  fs::remove_all(backups());
  Open();
  Put("anna", "2");
  ASSERT_TRUE(BackUp().ok());
  CopyDirectory(backups(), path("two"));
  for (const std::string& file : BackupFiles()) {
    const std::string from = path("one") + "/" + file;
    if (!fs::exists(from)) continue;
    CopyDirectory(path("two"), backups());
    fs::copy_file(from, backups() + "/" + file, fs::copy_options::overwrite_existing);
    if (Bytes(from) == Bytes(path("two") + "/" + file)) continue;
    const auto restored = Restore();
    EXPECT_FALSE(restored.ok()) << file;
    EXPECT_FALSE(fs::exists(target() + "/db")) << file;
  }
}

TEST_F(RestoreTest, WhoWasErasedSinceIsErasedAgain) {
  Open(KeysAt("keys"));
  Put("anna", "1");
  Put("bram", "1");
  ASSERT_TRUE(BackUp().ok());
  ASSERT_TRUE(Erase(*store_, "anna").ok());
  store_.reset();
  const auto restored = Restore(1, KeysAt("keys"));
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(restored->erased_again, 1u);
  EXPECT_FALSE(restored->erasures_since_unknown);
  OpenOptions options;
  options.directory = target();
  options.keys = KeysAt("keys");
  auto store = OpenRocksDbStore(std::move(options));
  ASSERT_TRUE(store.ok()) << store.status();
  const auto read = (*store)->Read({Passport("anna"), Passport("bram"), Tombstone("anna")});
  EXPECT_FALSE((*read)[0].has_value());
  EXPECT_TRUE((*read)[1].has_value());
  EXPECT_TRUE((*read)[2].has_value());
  // Followers hear of it too.
  EXPECT_EQ((*store)->Tail(2, 10)->front().events[0].key, Passport("anna"));
}

TEST_F(RestoreTest, WithOlderKeysWhoTheNewestBackupKnowsAsErasedIsErasedAgain) {
  auto keys = KeysAt("keys");
  Open(keys);
  Put("anna", "1");
  ASSERT_TRUE(BackUp().ok());
  fs::create_directories(path("copy"));
  ASSERT_TRUE(keys->CopyTo(path("copy") + "/persons").ok());
  ASSERT_TRUE(Erase(*store_, "anna").ok());
  ASSERT_TRUE(BackUp().ok());
  store_.reset();
  keys.reset();
  ASSERT_EQ(Restore(1, KeysAt("copy"))->erased_again, 1u);
  auto copy = KeysAt("copy");
  EXPECT_TRUE(copy->IsDestroyed("anna"));
  EXPECT_FALSE(IsThere(target(), std::move(copy), "anna"));
}

TEST_F(RestoreTest, WithoutEncryptionTheNewestBackupSaysWhoWasErased) {
  Open();
  Put("anna", "canary");
  ASSERT_TRUE(BackUp().ok());
  ASSERT_TRUE(Erase(*store_, "anna").ok());
  ASSERT_TRUE(BackUp().ok());
  const auto restored = Restore(1);
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ(restored->erased_again, 1u);
  EXPECT_TRUE(restored->erasures_since_unknown);
  EXPECT_FALSE(IsThere(target(), nullptr, "anna"));
}

TEST_F(RestoreTest, AnEncryptedBackupTakesItsOwnKeys) {
  Open(KeysAt("keys"));
  Put("anna", "1");
  ASSERT_TRUE(BackUp().ok());
  store_.reset();
  EXPECT_TRUE(absl::IsFailedPrecondition(Restore().status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(Restore(std::nullopt, KeysAt("none")).status()));
  auto others = KeysAt("others");
  ASSERT_TRUE(others->Make().ok());
  const auto restored = Restore(std::nullopt, others);
  EXPECT_TRUE(absl::IsFailedPrecondition(restored.status()));
  EXPECT_THAT(std::string(restored.status().message()), HasSubstr("of another database"));
  EXPECT_FALSE(fs::exists(target() + "/restoring"));
}

TEST_F(RestoreTest, KeysFromBeforeTheBackupAreRefused) {
  auto keys = KeysAt("keys");
  Open(keys);
  Put("anna", "1");
  fs::create_directories(path("copy"));
  ASSERT_TRUE(keys->CopyTo(path("copy") + "/persons").ok());
  for (int i = 10; i < 34; ++i) Put("p" + std::to_string(i), "1");
  Key book{RecordKind::kValidationBook, "p10"};
  ASSERT_TRUE(store_->Commit(BatchOf().Put(book, "a record more")).ok());
  ASSERT_TRUE(BackUp().ok());
  store_.reset();
  const auto restored = Restore(std::nullopt, KeysAt("copy"));
  EXPECT_TRUE(absl::IsDataLoss(restored.status())) << restored.status();
  const std::string said(restored.status().message());
  EXPECT_THAT(said, HasSubstr("are older than backup 1: 24 people have no key in them"));
  EXPECT_THAT(said, testing::Not(HasSubstr("damaged in")));
  EXPECT_THAT(said, HasSubstr("\n  record of passport p10"));
  EXPECT_THAT(said, testing::Not(HasSubstr("p30")));
  EXPECT_THAT(said, HasSubstr("\n  and 14 more"));
  EXPECT_EQ(std::ranges::count(said, '\n'), 11);
  EXPECT_FALSE(fs::exists(target() + "/db"));
}

TEST_F(RestoreTest, ABackupOfANewerPassendIsRefusedBeforeAnythingIsWritten) {
  Open();
  Put("anna", "1");
  ASSERT_TRUE(BackUp().ok());
  const std::string path = backups() + "/seals/1";
  std::ifstream file(path);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  auto seal = DecodeSeal(text);
  ASSERT_TRUE(seal.ok());
  seal->database_format = kDatabaseFormat + 1;
  std::ofstream(path) << EncodeSeal(*seal);
  const auto restored = Restore();
  EXPECT_TRUE(absl::IsFailedPrecondition(restored.status())) << restored.status();
  EXPECT_FALSE(fs::exists(target() + "/restoring"));
}

TEST_F(RestoreTest, WhatIsNotThereIsSaid) {
  EXPECT_TRUE(absl::IsNotFound(Restore().status()));
  Open();
  ASSERT_TRUE(BackUp().ok());
  const auto restored = Restore(9);
  EXPECT_TRUE(absl::IsNotFound(restored.status()));
  EXPECT_THAT(std::string(restored.status().message()), HasSubstr("it has 1"));
}

}  // namespace
}  // namespace passend::storage
