// What is refused at open, in which words, and what is not; the anchor's life.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "storage/anchor.h"
#include "storage/engine_log.h"
#include "storage/envelope.h"
#include "storage/key_codec.h"
#include "storage/meta_codec.h"
#include "tests/storage/batches.h"
#include "tests/storage/damage.h"
#include "tests/storage/store_factories.h"

extern char** environ;

namespace passend::storage {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
namespace fs = std::filesystem;

class RocksDbOpen : public testing::Test {
 protected:
  absl::Status Refusal() { return OpenAt(path_).status(); }
  std::string Text() { return std::string(Refusal().message()); }
  absl::Status Adopt() {
    OpenOptions options;
    options.directory = path_;
    options.adopt_without_anchor = true;
    return OpenRocksDbStore(options).status();
  }
  Sequence Last() {
    const auto store = OpenAt(path_);
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? (*store)->LastSequence() : 0;
  }

  TemporaryDirectory directory_;
  const std::string path_ = directory_.path() + "/deep/store";
  const std::string anchor_ = path_ + "/anchor";
};

TEST_F(RocksDbOpen, NeedsADirectory) {
  EXPECT_TRUE(absl::IsInvalidArgument(OpenRocksDbStore({}).status()));
}

TEST_F(RocksDbOpen, MakesNothingWhereADatabaseIsToBeThere) {
  OpenOptions options;
  options.directory = path_;
  options.must_exist = true;
  const absl::Status not_mounted = OpenRocksDbStore(options).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(not_mounted)) << not_mounted;
  EXPECT_THAT(std::string(not_mounted.message()), HasSubstr("is its disk mounted?"));
  EXPECT_FALSE(fs::exists(directory_.path() + "/deep"));
  fs::create_directories(path_);  // what it is mounted on
  EXPECT_EQ(OpenRocksDbStore(options).status(), not_mounted);
  EXPECT_FALSE(fs::exists(path_ + "/db"));
  ASSERT_TRUE(OpenAt(path_).ok());
  EXPECT_TRUE(OpenRocksDbStore(options).ok()) << "the second start";
  fs::remove_all(path_ + "/db");
  EXPECT_EQ(OpenRocksDbStore(options).status(), not_mounted);
}

TEST_F(RocksDbOpen, WhatWasWrittenLastIsInFilesBeforeItTakesMoreMemoryThanGiven) {
  const auto files_after = [&](const std::string& name, size_t memory_bytes) {
    OpenOptions options;
    options.directory = path_ + name;
    options.memory_bytes = memory_bytes;
    const auto store = OpenRocksDbStore(options);
    EXPECT_TRUE(store.ok()) << store.status();
    const size_t before = DatabaseFiles(options.directory, "", ".sst").size();
    for (int i = 0; i < 96;) {
      const auto committed = (*store)->Commit(BatchOf().Put(Passport("person-" + std::to_string(i)),
                                                            std::string(size_t{64} << 10, 'x')));
      if (absl::IsResourceExhausted(committed.status())) continue;  // faster than files are made
      EXPECT_TRUE(committed.ok()) << committed.status();
      ++i;
    }
    return DatabaseFiles(options.directory, "", ".sst").size() - before;
  };
  EXPECT_GT(files_after("-small", size_t{8} << 20), 0u);
  EXPECT_EQ(files_after("-large", size_t{64} << 20), 0u);
}

TEST_F(RocksDbOpen, CannotOpenWhereNoDirectoryCanBe) {
  std::ofstream(directory_.path() + "/deep") << "a file";
  EXPECT_TRUE(absl::IsUnavailable(Refusal())) << Refusal();
}

TEST_F(RocksDbOpen, MakesAnEmptyStoreAndFindsItAgain) {
  EXPECT_EQ(Last(), 0u);
  EXPECT_EQ(Last(), 0u);
  CommitAt(path_, 3);
  EXPECT_EQ(Last(), 3u);
}

TEST_F(RocksDbOpen, StartsAnInterruptedCreationAnew) {
  fs::create_directories(path_ + "/db.creating");
  std::ofstream(path_ + "/db.creating/CURRENT") << "half";
  CommitAt(path_, 1);
  EXPECT_FALSE(fs::exists(path_ + "/db.creating"));
}

TEST_F(RocksDbOpen, ACrashBeforeTheFirstAnchorIsFine) {
  EXPECT_EQ(Last(), 0u);
  fs::remove(anchor_);
  std::ofstream(anchor_ + ".new") << "half";
  EXPECT_EQ(Last(), 0u);
}

TEST_F(RocksDbOpen, TheEnginesLogIsKeptOnceMoreWhenItHasGrown) {
  CommitAt(path_, 1);
  const std::string log = path_ + "/db/LOG";
  for (const uint64_t more : {0, 1}) {
    fs::resize_file(log, kEngineLogBytesMax + more);
    CommitAt(path_, 1);
    EXPECT_EQ(fs::exists(log + ".old"), more == 1);
  }
  EXPECT_EQ(SizeOf(log + ".old"), kEngineLogBytesMax + 1);
  EXPECT_LT(SizeOf(log), kEngineLogBytesMax);
  EXPECT_EQ(Last(), 3u);
}

TEST_F(RocksDbOpen, RefusesANewerFormat) {
  CommitAt(path_, 1);
  {
    BareDatabase bare(path_);
    ASSERT_TRUE(bare.db().Put({}, std::string(kFormatKey), EncodeFormat(3)).ok());
  }
  EXPECT_TRUE(absl::IsFailedPrecondition(Refusal()));
  EXPECT_THAT(Text(),
              EndsWith("was written by a newer Passend (format 3; this one reads up to 2)"));
}

TEST_F(RocksDbOpen, RefusesANewerFormatWithOtherColumnFamilies) {
  CommitAt(path_, 1);
  {
    BareDatabase bare(path_);
    rocksdb::ColumnFamilyHandle* family = nullptr;
    ASSERT_TRUE(bare.db().CreateColumnFamily({}, "placement", &family).ok());
    bare.db().DestroyColumnFamilyHandle(family);
  }
  EXPECT_TRUE(absl::IsDataLoss(Refusal())) << "of our own format it cannot be";
  {
    BareDatabase bare(path_);
    ASSERT_TRUE(bare.db().Put({}, std::string(kFormatKey), EncodeFormat(4)).ok());
  }
  EXPECT_THAT(Text(),
              EndsWith("was written by a newer Passend (format 4; this one reads up to 2)"));
}

TEST_F(RocksDbOpen, RefusesADamagedFormatRecord) {
  CommitAt(path_, 1);
  {
    BareDatabase bare(path_);
    ASSERT_TRUE(bare.db().Put({}, std::string(kFormatKey), "passend-db?").ok());
  }
  EXPECT_TRUE(absl::IsDataLoss(Refusal()));
}

TEST_F(RocksDbOpen, RefusesSomebodyElsesDatabase) {
  for (const std::string& place : {path_ + "/db", path_}) {
    fs::remove_all(path_);
    fs::create_directories(path_);
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, place, &db).ok());
    delete db;
    EXPECT_TRUE(absl::IsFailedPrecondition(Refusal())) << Refusal();
    EXPECT_THAT(Text(), EndsWith("is not a Passend database"));
  }
}

TEST_F(RocksDbOpen, RefusesASecondHolderInTheSameProcess) {
  const auto store = OpenAt(path_);
  ASSERT_TRUE(store.ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Refusal()));
  EXPECT_THAT(Text(), EndsWith("is in use by another process"));
}

TEST_F(RocksDbOpen, RefusesADatabaseThatAnotherToolHasOpen) {
  CommitAt(path_, 1);
  BareDatabase bare(path_);
  EXPECT_TRUE(absl::IsFailedPrecondition(Refusal())) << Refusal();
  EXPECT_THAT(Text(), EndsWith("is in use by another process"));
}

constexpr char kHeldDirectory[] = "PASSEND_TEST_HELD_DIRECTORY";

// Run by the test below in a process of its own: holds the store until it is killed.
TEST(StoreHolder, DISABLED_HoldsUntilKilled) {
  const char* directory = std::getenv(kHeldDirectory);
  if (directory == nullptr) GTEST_SKIP();
  const auto store = OpenAt(directory);
  ASSERT_TRUE(store.ok());
  std::ofstream(std::string(directory) + "/held") << "yes";
  while (true) pause();
}

TEST_F(RocksDbOpen, RefusesAStoreThatAnotherProcessHoldsUntilThatEnds) {
  setenv(kHeldDirectory, path_.c_str(), 1);
  std::string program = "/proc/self/exe", filter = "--gtest_filter=StoreHolder.*",
              disabled = "--gtest_also_run_disabled_tests";
  char* arguments[] = {program.data(), filter.data(), disabled.data(), nullptr};
  pid_t holder = 0;
  ASSERT_EQ(posix_spawn(&holder, program.c_str(), nullptr, nullptr, arguments, environ), 0);
  while (!fs::exists(path_ + "/held")) {
    ASSERT_EQ(waitpid(holder, nullptr, WNOHANG), 0) << "the holder has ended";
    usleep(1'000);
  }
  EXPECT_TRUE(absl::IsFailedPrecondition(Refusal()));
  EXPECT_THAT(Text(), EndsWith("is in use by another process"));
  kill(holder, SIGKILL);
  waitpid(holder, nullptr, 0);
  EXPECT_EQ(Last(), 0u);
}

TEST_F(RocksDbOpen, RefusesAMissingAnchorUnlessAdopted) {
  CommitAt(path_, 3);
  fs::remove(anchor_);
  EXPECT_TRUE(absl::IsDataLoss(Refusal()));
  EXPECT_THAT(Text(), HasSubstr("is missing: whether commits after 3 were lost cannot be told"));
  EXPECT_TRUE(Adopt().ok());
  EXPECT_EQ(Last(), 3u);  // it has an anchor again
}

TEST_F(RocksDbOpen, AdoptionDoesNotSilenceAnAnchorThatIsThere) {
  CommitAt(path_, 3);
  CopyDirectory(path_ + "/db", directory_.path() + "/older");
  CommitAt(path_, 1);
  CopyDirectory(directory_.path() + "/older", path_ + "/db");
  EXPECT_TRUE(absl::IsDataLoss(Adopt()));
  fs::remove(anchor_);
  EXPECT_TRUE(Adopt().ok());
  EXPECT_EQ(Last(), 3u);
}

TEST_F(RocksDbOpen, AnAnchorBehindTheDatabaseIsWhatACrashLeaves) {
  CommitAt(path_, 3);
  fs::copy(anchor_, anchor_ + ".kept");
  CommitAt(path_, 40);
  fs::copy(anchor_ + ".kept", anchor_, fs::copy_options::overwrite_existing);
  EXPECT_EQ(Last(), 43u);
  EXPECT_EQ((*Anchor::Read(anchor_))->sequence, 43u);
}

TEST_F(RocksDbOpen, AnAnchorFromBeforeTheJournalsStartIsRefused) {
  CommitAt(path_, 3);
  fs::copy(anchor_, anchor_ + ".kept");
  CommitAt(path_, 4);
  ASSERT_TRUE((*OpenAt(path_))->CompactJournal(7).ok());
  EXPECT_EQ(Last(), 7u);
  fs::copy(anchor_ + ".kept", anchor_, fs::copy_options::overwrite_existing);
  EXPECT_TRUE(absl::IsDataLoss(Refusal()));
  EXPECT_THAT(Text(), HasSubstr("an older anchor was put back"));
}

TEST_F(RocksDbOpen, RefusesAnAnchorWithBothSlotsDamaged) {
  CommitAt(path_, 3);
  for (uint64_t offset = 0; offset < kAnchorSlotBytes; offset += 7) {
    fs::copy(anchor_, anchor_ + ".kept", fs::copy_options::overwrite_existing);
    FlipBit(anchor_, offset, 5);
    EXPECT_EQ(Last(), 3u) << "one slot is enough";
    fs::copy(anchor_ + ".kept", anchor_, fs::copy_options::overwrite_existing);
    FlipBit(anchor_, offset, 5);
    FlipBit(anchor_, kAnchorPageBytes + offset, 5);
    EXPECT_TRUE(absl::IsDataLoss(Refusal()));
    EXPECT_THAT(Text(), HasSubstr("anchor is damaged"));
    fs::copy(anchor_ + ".kept", anchor_, fs::copy_options::overwrite_existing);
  }
  fs::resize_file(anchor_, 0);
  EXPECT_THAT(Text(), HasSubstr("anchor is damaged"));
}

TEST_F(RocksDbOpen, AnInterruptedCompactionIsFinishedAtOpen) {
  CommitAt(path_, 20);
  ASSERT_TRUE((*OpenAt(path_))->CompactJournal(5).ok());
  {
    // As if the floor had been raised to 5 and nothing been deleted: entries 1 to 5 are there.
    BareDatabase bare(path_);
    std::string floor;
    ASSERT_TRUE(bare.db().Get({}, std::string(kFloorKey), &floor).ok());
    const auto sealed = Unseal(Family::kMeta, kFloorKey, floor);
    ASSERT_TRUE(sealed.ok());
    JournalFloor unswept = *DecodeFloor(sealed->content);
    EXPECT_EQ(unswept.swept, 5u);
    unswept.swept = 0;
    const std::string changed =
        Seal(Family::kMeta, kFloorKey, sealed->version, EncodeFloor(unswept));
    ASSERT_TRUE(bare.db().Put({}, std::string(kFloorKey), changed).ok());
    for (Sequence i = 1; i <= 5; ++i) {
      const std::string key = EncodeJournalKey(i);
      const std::string content =
          EncodeEntry({}, EncodeEntryBody(absl::UnixEpoch(), {}, std::nullopt));
      ASSERT_TRUE(bare.db()
                      .Put({}, bare.family("journal"), key, Seal(Family::kJournal, key, i, content))
                      .ok());
    }
  }
  EXPECT_TRUE(absl::IsOutOfRange((*OpenAt(path_))->Tail(4, 1).status()));
  EXPECT_EQ((*OpenAt(path_))->Tail(5, 100)->size(), 15u);
  BareDatabase bare(path_);
  std::string entry;
  EXPECT_TRUE(bare.db().Get({}, bare.family("journal"), EncodeJournalKey(3), &entry).IsNotFound());
}

TEST(Anchor, ReadsTheNewestMarkAndSurvivesATornWrite) {
  TemporaryDirectory directory;
  const std::string path = directory.path() + "/anchor";
  EXPECT_EQ(*Anchor::Read(path), std::nullopt);
  JournalMark mark{5, {}};
  mark.chain[31] = 'x';
  auto anchor = Anchor::Open(path, mark);
  ASSERT_TRUE(anchor.ok()) << anchor.status();
  EXPECT_EQ(*Anchor::Read(path), mark);
  EXPECT_EQ(SizeOf(path), 2 * kAnchorPageBytes);
  for (Sequence sequence = 6; sequence < 30; ++sequence) {
    mark.sequence = sequence;
    ASSERT_TRUE(anchor->Write(mark).ok());
    EXPECT_EQ(*Anchor::Read(path), mark);
    if (sequence % 4 == 0) {
      ASSERT_TRUE(anchor->Sync().ok());
    }
  }
  // 28 was synced, and 29 went to the other slot: tear it, wherever it is.
  for (const uint64_t page : {uint64_t{0}, uint64_t{kAnchorPageBytes}}) {
    FlipBit(path, page + 30, 1);
    const auto read = Anchor::Read(path);
    EXPECT_TRUE(**read == mark || (*read)->sequence == 28);
    FlipBit(path, page + 30, 1);
  }
}

}  // namespace
}  // namespace passend::storage
