// Databases of every format that was ever released open, say what they said, take commits, and can
// be backed up; their backups can be restored. A newer format is refused, and nothing changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include "storage/backup/backups.h"
#include "storage/backup/restore.h"
#include "storage/backup/scrub.h"
#include "storage/meta_codec.h"
#include "storage/rocksdb_store.h"
#include "tests/storage/damage.h"
#include "tests/storage/fixed_wrapper.h"
#include "tests/storage/golden/golden_store.h"
#include "tests/storage/store_factories.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

struct Golden {
  const char* name;
  bool encrypted;
};
void PrintTo(const Golden& golden, std::ostream* out) { *out << golden.name; }

class GoldenDatabase : public testing::TestWithParam<Golden> {
 protected:
  void SetUp() override {
    const std::string archive = std::string(PASSEND_GOLDEN) + "/" + GetParam().name + ".tar.xz";
    ASSERT_TRUE(fs::exists(archive));
    ASSERT_EQ(std::system(("tar -xJf " + archive + " -C " + folder_.path()).c_str()), 0);
  }
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  std::shared_ptr<PersonKeys> Keys() {
    auto keys = PersonKeys::Open({path("keys"), std::make_shared<FixedWrapper>()});
    EXPECT_TRUE(keys.ok()) << keys.status();
    return *std::move(keys);
  }
  std::shared_ptr<PersonKeys> KeysIfEncrypted() { return GetParam().encrypted ? Keys() : nullptr; }

  static absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& directory,
                                                     std::shared_ptr<PersonKeys> keys) {
    OpenOptions options;
    options.directory = directory;
    options.keys = std::move(keys);
    return OpenRocksDbStore(std::move(options));
  }
  static void ExpectGolden(Store& store) {
    std::vector<Record> records;
    for (int kind = 1; kind < 30; ++kind) {
      ASSERT_TRUE(store
                      .Scan({static_cast<RecordKind>(kind), "", ""},
                            [&](Record record) {
                              records.push_back(std::move(record));
                              return true;
                            })
                      .ok());
    }
    EXPECT_EQ(records, GoldenRecords());
    const auto entries = store.Tail(kGoldenCompacted, 100);
    ASSERT_TRUE(entries.ok()) << entries.status();
    ASSERT_EQ(entries->size(), kGoldenLast - kGoldenCompacted);
    EXPECT_EQ(entries->back().events[0], (Event{Passport("cor"), "erased"}));
    EXPECT_EQ(entries->back().committed_at, absl::FromUnixMicros(1'800'000'000'123'456));
    EXPECT_TRUE(absl::IsOutOfRange(store.Tail(0, 1).status()));
    EXPECT_EQ((*store.FindReceipt("partner/1"))->response, "answer");
    EXPECT_EQ(store.LastSequence(), kGoldenLast);
    EXPECT_TRUE(store.CheckJournal().ok());
  }
  std::map<std::string, std::string> AllBytes(const std::string& directory) {
    std::map<std::string, std::string> bytes;
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      bytes[entry.path().string()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return bytes;
  }

  TemporaryDirectory folder_;
};

TEST_P(GoldenDatabase, SaysWhatItSaidAndTakesCommits) {
  CheckSettings check;
  check.keys = KeysIfEncrypted();
  const auto checked = ScrubDirectory(path("data"), check);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_THAT(checked->problems, testing::ElementsAre());
  check.keys = nullptr;
  for (int time = 0; time < 2; ++time) {
    auto store = Open(path("data"), KeysIfEncrypted());
    ASSERT_TRUE(store.ok()) << store.status();
    ExpectGolden(**store);
  }
  auto store = Open(path("data"), KeysIfEncrypted());
  EXPECT_TRUE(
      (*store)->Commit(BatchOf().Put(Passport("dora"), "new").Tell(Passport("dora"), "")).ok());
}

TEST_P(GoldenDatabase, IsBroughtToTheNewestFormatAndStaysThere) {
  for (int time = 0; time < 2; ++time) {
    auto store = Open(path("data"), Keys());
    ASSERT_TRUE(store.ok()) << store.status();
    ExpectGolden(**store);
  }
  EXPECT_EQ(ScrubDirectory(path("data"), {})->format, kDatabaseFormat);
}

TEST_P(GoldenDatabase, ItsBackupIsRestored) {
  RestoreSettings settings;
  settings.folder = path("backups");
  settings.target = path("target");
  settings.keys = KeysIfEncrypted();
  settings.erase = [](Store&, const std::string&) { return absl::InternalError("nobody"); };
  const auto restored = RestoreBackup(settings);
  ASSERT_TRUE(restored.ok()) << restored.status();
  settings.keys = nullptr;
  auto store = Open(path("target"), KeysIfEncrypted());
  ASSERT_TRUE(store.ok()) << store.status();
  ExpectGolden(**store);
}

TEST_P(GoldenDatabase, OfANewerFormatItIsRefusedAndNothingChanges) {
  {
    BareDatabase bare(path("data"));
    rocksdb::WriteOptions synced;
    synced.sync = true;
    ASSERT_TRUE(bare.db()
                    .Put(synced, bare.family("default"), std::string(kFormatKey),
                         EncodeFormat(kDatabaseFormat + 1))
                    .ok());
  }
  { std::ofstream(path("data") + "/lock"); }
  const auto before = AllBytes(folder_.path());
  EXPECT_TRUE(absl::IsFailedPrecondition(Open(path("data"), nullptr).status()));
  EXPECT_TRUE(absl::IsFailedPrecondition(ScrubDirectory(path("data"), {}).status()));
  EXPECT_EQ(AllBytes(folder_.path()), before);
}

INSTANTIATE_TEST_SUITE_P(EveryFormat, GoldenDatabase,
                         testing::Values(Golden{"format_1", false}, Golden{"format_2", true}),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace passend::storage
