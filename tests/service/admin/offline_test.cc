// `passend admin` on files, as an operator types it.
#include "service/admin/offline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "service/audit/audit_keys.h"
#include "service/client/problem.h"
#include "service/records/erasure_batch.h"
#include "storage/master_key_file.h"
#include "storage/rocksdb_store.h"
#include "tests/service/client/client_run.h"
#include "tests/storage/batches.h"
#include "tests/storage/damage.h"
#include "tests/storage/store_factories.h"

namespace passend::service {
namespace {

using client::ClientRun;
using client::RunClient;
using testing::HasSubstr;

constexpr char kAnna[] = "0123456789abcdef";

class Offline : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return directory_.path() + "/" + name; }
  KeyFiles keys() const { return {path("master"), path("keys")}; }

  void Open(bool encrypted) {
    store_.reset();
    storage::OpenOptions options;
    options.directory = path("data");
    if (encrypted) {
      if (!std::filesystem::exists(path("master"))) {
        ASSERT_TRUE(storage::MasterKeyFile::Create(path("master"), storage::SystemRandom()).ok());
        std::filesystem::create_directories(path("keys"));
      }
      auto opened = OpenKeys(keys());
      ASSERT_TRUE(opened.ok()) << opened.status();
      options.keys = *opened;
    }
    auto store = storage::OpenRocksDbStore(std::move(options));
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }
  void PutAnna() {
    const storage::Key look = LookKey(kAnna, std::string(32, '0'));
    ASSERT_TRUE(store_
                    ->Commit(storage::BatchOf()
                                 .Put(storage::Passport(kAnna), "")
                                 .Put(look, "")
                                 .Tell(storage::Passport(kAnna), ""))
                    .ok());
  }
  void EraseAnna() {
    ASSERT_TRUE(store_->Commit(ErasureBatch(PassportName{kAnna}, absl::UnixEpoch())).ok());
  }
  void BackUp() {
    storage::BackupSettings settings;
    settings.folder = path("backups");
    const auto made = storage::MakeBackup(*store_, settings);
    ASSERT_TRUE(made.ok()) << made.status();
  }
  ClientRun Admin(std::vector<std::string> arguments, bool with_keys = false) {
    arguments.insert(arguments.begin(), {"--lang", "en", "admin"});
    if (with_keys) {
      arguments.insert(arguments.end(),
                       {"--master-key-file", path("master"), "--key-folder", path("keys")});
    }
    return RunClient(arguments, {});
  }

  storage::TemporaryDirectory directory_;
  std::unique_ptr<storage::Store> store_;
};

TEST_F(Offline, VerifyTellsOfEachBackup) {
  Open(false);
  PutAnna();
  BackUp();
  BackUp();
  const ClientRun run = Admin({"verify", path("backups")});
  EXPECT_EQ(run.code, client::kExitOk) << run.err;
  EXPECT_THAT(run.out, HasSubstr("Backup 1 of "));
  EXPECT_THAT(run.out, HasSubstr("Backup 2 of "));
  EXPECT_THAT(run.out, HasSubstr("is whole: commit 1, "));
  EXPECT_THAT(run.out, HasSubstr("All is well."));
  EXPECT_THAT(run.err, HasSubstr("Reading everything: 100 %"));
}

TEST_F(Offline, VerifyOfADamagedOneNamesTheFileAndFails) {
  Open(false);
  PutAnna();
  BackUp();
  std::filesystem::remove(path("backups") + "/private/1/CURRENT");
  const ClientRun run = Admin({"verify", path("backups")});
  EXPECT_EQ(run.code, client::kExitRefused);
  EXPECT_THAT(run.out, HasSubstr("Backup 1 is damaged:"));
  EXPECT_THAT(run.out, HasSubstr("file private/1/CURRENT is missing"));
}

TEST_F(Offline, EncryptedRecordsAreLookedIntoWithTheKeys) {
  Open(true);
  PutAnna();
  BackUp();
  store_.reset();
  EXPECT_THAT(Admin({"verify", path("backups")}).out,
              HasSubstr("with --master-key-file and --key-folder they are read as well"));
  const ClientRun run = Admin({"verify", path("backups")}, true);
  EXPECT_EQ(run.code, client::kExitOk) << run.out << run.err;
  EXPECT_THAT(run.out, testing::Not(HasSubstr("--master-key-file")));
}

TEST_F(Offline, RestoreOfAnOlderBackupErasesAgainWithAllThatThereWas) {
  Open(false);
  PutAnna();
  BackUp();
  EraseAnna();
  BackUp();
  const ClientRun run = Admin({"restore", path("backups"), path("target"), "--backup", "1"});
  EXPECT_EQ(run.code, client::kExitOk) << run.err;
  EXPECT_THAT(run.out, HasSubstr("1 people who were erased after it are erased again."));
  EXPECT_THAT(run.out, HasSubstr("not encrypted: who was erased after the newest backup is back"));
  const auto restored = storage::OpenAt(path("target"));
  ASSERT_TRUE(restored.ok());
  const auto read =
      (*restored)->Read({storage::Passport(kAnna), LookKey(kAnna, std::string(32, '0'))});
  EXPECT_FALSE((*read)[0].has_value());
  EXPECT_FALSE((*read)[1].has_value());
}

TEST_F(Offline, RestoreWithTheKeysOfTodayErasesAgain) {
  Open(true);
  PutAnna();
  BackUp();
  EraseAnna();
  store_.reset();
  EXPECT_EQ(Admin({"restore", path("backups"), path("target")}).code, client::kExitRefused);
  const ClientRun run = Admin({"restore", path("backups"), path("target")}, true);
  EXPECT_EQ(run.code, client::kExitOk) << run.err;
  EXPECT_THAT(run.out, HasSubstr("erased again"));
  EXPECT_THAT(run.out, testing::Not(HasSubstr("not encrypted")));
  const ClientRun scrubbed = Admin({"scrub", "--data", path("target")}, true);
  EXPECT_EQ(scrubbed.code, client::kExitOk) << scrubbed.out << scrubbed.err;
}

TEST_F(Offline, RestoreOverSomethingIsRefused) {
  Open(false);
  BackUp();
  store_.reset();
  const ClientRun run = Admin({"restore", path("backups"), path("data")});
  EXPECT_EQ(run.code, client::kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("is not empty"));
}

TEST_F(Offline, ScrubOfAStoppedServerSaysWhatItRead) {
  Open(false);
  PutAnna();
  store_.reset();
  const ClientRun run = Admin({"scrub", "--data", path("data")});
  EXPECT_EQ(run.code, client::kExitOk) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr("Up to commit 1: 2 records, 1 journal entries, all as written."));
  Open(false);
  EXPECT_EQ(Admin({"scrub", "--data", path("data")}).code, client::kExitRefused);
}

TEST_F(Offline, WrongUseIsToldAsSuch) {
  EXPECT_EQ(Admin({}).code, client::kExitUsage);
  EXPECT_EQ(Admin({"verify"}).code, client::kExitUsage);
  EXPECT_EQ(Admin({"restore", path("backups")}).code, client::kExitUsage);
  EXPECT_EQ(Admin({"verify", path("backups"), "--backup", "0"}).code, client::kExitUsage);
  EXPECT_EQ(Admin({"verify", path("backups"), "--key-folder", path("keys")}).code,
            client::kExitUsage);
  EXPECT_EQ(Admin({"verify", path("nowhere")}).code, client::kExitRefused);
}

TEST_F(Offline, JsonIsOneMessageABackup) {
  Open(false);
  PutAnna();
  BackUp();
  const ClientRun run = RunClient({"--json", "admin", "verify", path("backups")}, {});
  EXPECT_EQ(run.code, client::kExitOk);
  EXPECT_THAT(run.out, HasSubstr("\"backup\""));
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 1);
}

}  // namespace
}  // namespace passend::service
