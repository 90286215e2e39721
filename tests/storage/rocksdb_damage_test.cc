// S7: flipped bits, lost and exchanged files and values. Either the store is refused, or what it
// serves is exactly what was committed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "rocksdb/metadata.h"
#include "storage/key_codec.h"
#include "tests/storage/batches.h"
#include "tests/storage/damage.h"
#include "tests/storage/store_factories.h"

namespace passend::storage {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class RocksDbDamage : public testing::Test {
 protected:
  // Ten commits in files, ten more in the log.
  void SetUp() override {
    CommitAt(original_, 10);
    CommitAt(original_, 10);
    CopyDirectory(original_, copy_);
    const auto contents = ContentsAt(copy_);
    ASSERT_TRUE(contents.ok()) << contents.status();
    truth_ = *contents;
  }

  // Flips bits all over a file of the store, one copy of the store each. Returns how many of them
  // were noticed; those that were not must have left the contents as they are.
  int CountNoticed(const std::string& file_of_original, int flips) {
    const std::string file = copy_ + file_of_original.substr(original_.size());
    const uint64_t size = SizeOf(file_of_original);
    int noticed = 0;
    for (int i = 0; i < flips; ++i) {
      CopyDirectory(original_, copy_);
      const uint64_t offset = size * static_cast<uint64_t>(i) / static_cast<uint64_t>(flips);
      FlipBit(file, offset, i % 8);
      const auto contents = ContentsAt(copy_);
      if (contents.ok()) {
        EXPECT_EQ(*contents, truth_) << "bit " << i % 8 << " of byte " << offset << " of " << file;
      } else {
        EXPECT_TRUE(absl::IsDataLoss(contents.status())) << contents.status();
        ++noticed;
      }
    }
    return noticed;
  }

  std::string TextOf(const std::string& directory) {
    const auto contents = ContentsAt(directory);
    EXPECT_TRUE(absl::IsDataLoss(contents.status())) << contents.status();
    return std::string(contents.status().message());
  }

  std::string Newest(const std::string& prefix, const std::string& suffix) {
    const auto files = DatabaseFiles(original_, prefix, suffix);
    EXPECT_THAT(files, Not(IsEmpty()));
    return files.back();
  }

  TemporaryDirectory directory_;
  const std::string original_ = directory_.path() + "/original";
  const std::string copy_ = directory_.path() + "/copy";
  Contents truth_;
};

TEST_F(RocksDbDamage, EveryFlippedBitInTheLogIsNoticed) {
  EXPECT_EQ(CountNoticed(Newest("", ".log"), 40), 40);
}

TEST_F(RocksDbDamage, EveryFlippedBitInTheManifestIsNoticed) {
  EXPECT_EQ(CountNoticed(Newest("MANIFEST-", ""), 25), 25);
}

TEST_F(RocksDbDamage, EveryFlippedBitInCurrentIsNoticed) {
  EXPECT_EQ(CountNoticed(Newest("CURRENT", ""), 16), 16);
}

TEST_F(RocksDbDamage, FlippedBitsInTableFilesAreNoticedOrHarmless) {
  int noticed = 0;
  for (const std::string& file : DatabaseFiles(original_, "", ".sst")) {
    noticed += CountNoticed(file, 12);
  }
  EXPECT_GT(noticed, 6);
}

TEST_F(RocksDbDamage, ACheckOfAllFilesFindsWhatOpeningAloneDoesNot) {
  // Of the records, which opening does not read; a file begins with its data.
  std::vector<rocksdb::LiveFileMetaData> files;
  BareDatabase(original_).db().GetLiveFilesMetaData(&files);
  int damaged = 0;
  for (const rocksdb::LiveFileMetaData& file : files) {
    if (file.column_family_name != "record") continue;
    FlipBit(file.db_path + file.name, 10, 3);
    ++damaged;
  }
  ASSERT_GT(damaged, 0);
  OpenOptions options;
  options.directory = original_;
  ASSERT_TRUE(OpenRocksDbStore(options).ok());
  options.check_all_files = true;
  EXPECT_TRUE(absl::IsDataLoss(OpenRocksDbStore(options).status()));
}

// From before what is followed at open.
TEST_F(RocksDbDamage, AJournalEntryThatIsGoneHasNoChainPoint) {
  {
    BareDatabase bare(original_);
    ASSERT_TRUE(bare.db().Delete({}, bare.family("journal"), EncodeJournalKey(7)).ok());
  }
  OpenOptions options;
  options.directory = original_;
  options.journal_check_entries = 5;
  const auto store = OpenRocksDbStore(options);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_TRUE((*store)->ChainAt(6).ok());
  EXPECT_TRUE(absl::IsDataLoss((*store)->ChainAt(7).status()));
  EXPECT_TRUE(absl::IsDataLoss((*store)->CheckJournal().status()));
}

TEST_F(RocksDbDamage, ALostLogIsNoticed) {
  std::filesystem::remove(Newest("", ".log"));
  EXPECT_THAT(TextOf(original_), HasSubstr("ends at commit 10, and its anchor knows of 20"));
}

TEST_F(RocksDbDamage, ALogThatLostItsEndIsNoticed) {
  const std::string log = Newest("", ".log");
  std::filesystem::resize_file(log, SizeOf(log) - 3);
  EXPECT_THAT(TextOf(original_), HasSubstr("ends at commit 19, and its anchor knows of 20"));
}

TEST_F(RocksDbDamage, ALostTableFileIsNoticed) {
  std::filesystem::remove(Newest("", ".sst"));
  TextOf(original_);
}

TEST_F(RocksDbDamage, ALostManifestIsNoticed) {
  std::filesystem::remove(Newest("MANIFEST-", ""));
  TextOf(original_);
}

TEST_F(RocksDbDamage, ALostCurrentFileIsNoticedAndNothingIsMadeInItsPlace) {
  std::filesystem::remove(Newest("CURRENT", ""));
  TextOf(original_);
  EXPECT_THAT(DatabaseFiles(original_, "", ".sst"), Not(IsEmpty()));
}

TEST_F(RocksDbDamage, AnOlderCopyOfTheDatabaseIsNoticed) {
  CopyDirectory(original_ + "/db", directory_.path() + "/older");
  CommitAt(original_, 1);
  CopyDirectory(directory_.path() + "/older", original_ + "/db");
  EXPECT_THAT(TextOf(original_), HasSubstr("an older copy was put back"));
}

TEST_F(RocksDbDamage, ADatabaseOfAnotherHistoryIsNoticed) {
  const std::string other = directory_.path() + "/other";
  CommitAt(other, 25);
  CopyDirectory(other + "/db", original_ + "/db");
  EXPECT_THAT(TextOf(original_), HasSubstr("tell different histories"));
}

TEST_F(RocksDbDamage, ALostDatabaseIsNoticed) {
  std::filesystem::remove_all(original_ + "/db");
  EXPECT_THAT(TextOf(original_), HasSubstr("is missing, and its anchor knows of commit 20"));
  EXPECT_FALSE(std::filesystem::exists(original_ + "/db"));
}

TEST_F(RocksDbDamage, AValueUnderAnotherKeyIsNoticed) {
  {
    BareDatabase bare(original_);
    std::string value;
    ASSERT_TRUE(bare.db().Get({}, bare.family("record"), EncodeRecordKey(Task("3")), &value).ok());
    ASSERT_TRUE(bare.db().Put({}, bare.family("record"), EncodeRecordKey(Task("4")), value).ok());
  }
  auto store = OpenAt(original_);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_TRUE((*store)->Read({Task("3")}).ok());
  EXPECT_TRUE(absl::IsDataLoss((*store)->Read({Task("3"), Task("4")}).status()));
  EXPECT_TRUE(absl::IsDataLoss(
      (*store)->Scan({RecordKind::kTask, "", ""}, [](const Record&) { return true; })));
  EXPECT_TRUE(absl::IsDataLoss(
      (*(*store)->GetSnapshot())->ScanViews({RecordKind::kTask, "", ""}, [](const RecordView&) {
        return true;
      })));
  EXPECT_TRUE(absl::IsDataLoss(
      (*store)->Commit(BatchOf().Expect(Task("4"), 4).Put(Task("x"), "")).status()));
  EXPECT_TRUE((*store)->Commit(BatchOf().Put(Task("4"), "written anew")).ok());
}

TEST_F(RocksDbDamage, AMissingJournalEntryIsNoticed) {
  {
    BareDatabase bare(original_);
    ASSERT_TRUE(bare.db().Delete({}, bare.family("journal"), EncodeJournalKey(15)).ok());
  }
  EXPECT_THAT(TextOf(original_), HasSubstr("an entry is missing"));
}

}  // namespace
}  // namespace passend::storage
