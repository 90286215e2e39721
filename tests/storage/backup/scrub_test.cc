// A scrub reads everything and names what is damaged, of a running store and of a stopped one.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>

#include "storage/envelope.h"
#include "storage/key_codec.h"
#include "storage/memory_store.h"
#include "storage/meta_codec.h"
#include "tests/storage/backup/backup_scene.h"
#include "tests/storage/joining_thread.h"

namespace passend::storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Scrub : public BackupScene {
 protected:
  void SetUp() override {
    CommitAt(data(), 20);
    {  // into files
      BareDatabase bare(data());
      for (const char* family : {"default", "record", "journal", "receipt"}) {
        ASSERT_TRUE(bare.db().Flush({}, bare.family(family)).ok());
      }
    }
    ASSERT_TRUE(ScrubbedAt(data()).whole());
  }
  CheckedContents ScrubbedAt(const std::string& directory, const CheckSettings& settings = {}) {
    const auto checked = ScrubDirectory(directory, settings);
    EXPECT_TRUE(checked.ok()) << checked.status();
    return checked.ok() ? *checked : CheckedContents();
  }
};

TEST_F(Scrub, CountsWhatIsThere) {
  const CheckedContents found = ScrubbedAt(data());
  EXPECT_EQ(found.head.sequence, 20u);
  EXPECT_EQ(found.records, 21u);
  EXPECT_EQ(found.journal_entries, 20u);
  EXPECT_GE(found.files, 3u);
}

TEST_F(Scrub, EveryDamagedFileIsNamed) {
  const auto files = DatabaseFiles(data(), "", ".sst");
  ASSERT_GE(files.size(), 3u);
  int named = 0;
  for (const std::string& file : files) {
    FlipBit(file, SizeOf(file) / 8, 3);
    const auto checked = ScrubDirectory(data(), {});
    FlipBit(file, SizeOf(file) / 8, 3);
    // Where the store's own values are, it cannot be opened at all.
    ASSERT_TRUE(!checked.ok() || !checked->problems.empty()) << file;
    const std::string told =
        checked.ok() ? checked->problems[0] : std::string(checked.status().message());
    named += told.find(std::filesystem::path(file).filename().string()) != std::string::npos;
  }
  EXPECT_EQ(named, static_cast<int>(files.size()));
}

TEST_F(Scrub, AnyFlippedBitOfTheDatabaseIsNoticedOrHarmless) {
  CopyDirectory(data(), path("intact"));
  const auto intact = ContentsAt(path("intact"));
  CopyDirectory(data(), path("intact"));
  int noticed = 0;
  for (const std::string& file : DatabaseFiles(data(), "", "")) {
    const uint64_t bytes = SizeOf(file);
    for (uint64_t at = 0; at < bytes; at += bytes / 5 + 1) {
      FlipBit(file, at, static_cast<int>(at % 8));
      const auto checked = ScrubDirectory(data(), {});
      if (!checked.ok() || !checked->whole()) {
        ++noticed;
        FlipBit(file, at, static_cast<int>(at % 8));
        continue;
      }
      const auto read = ContentsAt(data());  // it did not matter: everything is served as it was
      ASSERT_TRUE(read.ok()) << file << " at " << at << ": " << read.status();
      EXPECT_EQ(*read, *intact) << file << " at " << at;
      CopyDirectory(path("intact"), data());
      break;  // the files may have other names now
    }
  }
  EXPECT_GE(noticed, 10);
}

TEST_F(Scrub, AMissingJournalEntryIsNamed) {
  {
    BareDatabase bare(data());
    ASSERT_TRUE(bare.db().Delete({}, bare.family("journal"), EncodeJournalKey(7)).ok());
    ASSERT_TRUE(bare.db().Delete({}, bare.family("journal"), EncodeJournalKey(8)).ok());
  }
  EXPECT_THAT(ScrubbedAt(data()).problems, ElementsAre("journal entries 7 to 8 are missing"));
}

TEST_F(Scrub, AnExchangedJournalEntryIsNamed) {
  {
    BareDatabase bare(data());
    std::string other;
    ASSERT_TRUE(bare.db().Get({}, bare.family("journal"), EncodeJournalKey(9), &other).ok());
    const auto content = Unseal(Family::kJournal, EncodeJournalKey(9), other);
    ASSERT_TRUE(content.ok());
    ASSERT_TRUE(bare.db()
                    .Put({}, bare.family("journal"), EncodeJournalKey(7),
                         Seal(Family::kJournal, EncodeJournalKey(7), 7, content->content))
                    .ok());
  }
  const CheckedContents found = ScrubbedAt(data());
  ASSERT_FALSE(found.problems.empty());
  EXPECT_THAT(found.problems[0], HasSubstr("journal entry 7 does not follow"));
}

TEST_F(Scrub, ADamagedJournalEntryIsNamedAndThoseBehindItAreRead) {
  {
    BareDatabase bare(data());
    ASSERT_TRUE(bare.db().Put({}, bare.family("journal"), EncodeJournalKey(7), "not sealed").ok());
  }
  const CheckedContents found = ScrubbedAt(data());
  EXPECT_EQ(found.journal_entries, 20u);
  EXPECT_THAT(found.problems, ElementsAre(HasSubstr("journal entry 7: ")));
}

TEST_F(Scrub, AHeadThatIsNotTheEndOfTheJournalIsNamed) {
  {
    BareDatabase bare(data());
    JournalMark other{20, {}};
    other.chain[0] = 'x';
    ASSERT_TRUE(
        bare.db()
            .Put({}, std::string(kHeadKey), Seal(Family::kMeta, kHeadKey, 20, EncodeMark(other)))
            .ok());
  }
  const CheckedContents found = ScrubbedAt(data());
  ASSERT_FALSE(found.problems.empty());
  EXPECT_THAT(found.problems[0], HasSubstr("the journal ends at entry 20, and not as"));
}

TEST_F(Scrub, DamagedReceiptsAreNamed) {
  {
    BareDatabase bare(data());
    const auto put = [&](const std::string& request, const std::string& bytes) {
      ASSERT_TRUE(bare.db().Put({}, bare.family("receipt"), request, bytes).ok());
    };
    put("a", "not sealed");
    put("b", Seal(Family::kReceipt, "b", 99, EncodeReceipt({"b", "digest", "answer"})));
    put("c", Seal(Family::kReceipt, "c", 20, EncodeReceipt({"c", "digest", "answer"})));
  }
  const CheckedContents found = ScrubbedAt(data());
  EXPECT_EQ(found.receipts, 3u);
  EXPECT_THAT(found.problems,
              ElementsAre(HasSubstr("a receipt: "), HasSubstr("a receipt of commit 99, later")));
}

// What there is to read is told as it goes, and where it is stopped it ends.
TEST_F(Scrub, OfManyRecordsItTellsHowFarItIsAndStops) {
  Open();
  for (int i = 0; i < 30; ++i) {
    Batch batch;
    for (int j = 0; j < 100; ++j) {
      batch.mutations.push_back({Task(std::to_string(100 + i * 100 + j)), "value"});
    }
    ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  }
  store_.reset();
  CheckSettings settings;
  std::vector<uint64_t> told;
  settings.work.progress = [&](uint64_t done, uint64_t total) {
    EXPECT_LE(done, total);
    told.push_back(done);
  };
  ASSERT_TRUE(ScrubbedAt(data(), settings).whole());
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  const size_t files = DatabaseFiles(data(), "", ".sst").size();
  EXPECT_GT(told.size(), files) << "of the records as well";
  size_t asked = 0;
  settings.work.progress = nullptr;
  settings.work.stopped = [&] { return ++asked > files + 1; };
  EXPECT_TRUE(absl::IsCancelled(ScrubDirectory(data(), settings).status()));
}

TEST_F(Scrub, ADamagedRecordIsNamedAndTheRestIsRead) {
  {
    BareDatabase bare(data());
    ASSERT_TRUE(
        bare.db().Put({}, bare.family("record"), EncodeRecordKey(Task("5")), "not sealed").ok());
    ASSERT_TRUE(bare.db()
                    .Put({}, bare.family("record"), EncodeRecordKey(Task("6")),
                         Seal(Family::kRecord, EncodeRecordKey(Task("6")), 99, "of the future"))
                    .ok());
  }
  const CheckedContents found = ScrubbedAt(data());
  EXPECT_EQ(found.records, 21u);
  ASSERT_EQ(found.problems.size(), 2u);
  EXPECT_THAT(found.problems[0], HasSubstr("record of task 5: "));
  EXPECT_THAT(found.problems[1], HasSubstr("record of task 6: its version 99 is later"));
}

TEST_F(Scrub, ARecordOfSomebodyErasedIsNamed) {
  Open();
  Put("anna", "1");
  ASSERT_TRUE(
      store_->Commit(BatchOf().Put(Tombstone("anna"), "then").Tell(Passport("anna"), "e")).ok());
  store_.reset();
  EXPECT_THAT(ScrubbedAt(data()).problems,
              ElementsAre("record of passport anna: the person was erased"));
}

TEST_F(Scrub, AnAnchorThatKnowsMoreIsSaid) {
  CopyDirectory(data() + "/db", path("db"));
  CommitAt(data(), 3);
  CopyDirectory(path("db"), data() + "/db");
  const CheckedContents found = ScrubbedAt(data());
  ASSERT_EQ(found.problems.size(), 1u);
  EXPECT_THAT(found.problems[0], HasSubstr("ends at commit 20"));
}

class NoSevens final : public RecordRules {
 public:
  std::string Look(const RecordView& record) override {
    return record.id == "7" ? "sevens are not liked" : "";
  }
  std::vector<std::string> Conclude() override { return {"and that was all"}; }
};

TEST_F(Scrub, RulesAreAskedOfEachRecordAndInTheEnd) {
  CheckSettings settings;
  settings.rules = [] { return std::make_unique<NoSevens>(); };
  EXPECT_THAT(ScrubbedAt(data(), settings).problems,
              ElementsAre("record of task 7: sevens are not liked", "and that was all"));
}

TEST_F(Scrub, EncryptedRecordsAreReadWithTheirKeysOnly) {
  Open(KeysAt("keys"));
  Put("anna", "1");
  store_.reset();
  EXPECT_EQ(ScrubbedAt(data()).people_unread, 1u);
  CheckSettings settings;
  settings.keys = KeysAt("keys");
  EXPECT_EQ(ScrubbedAt(data(), settings).people_unread, 0u);
  EXPECT_TRUE(ScrubbedAt(data(), settings).whole());
  settings.keys = nullptr;
  auto others = KeysAt("others");
  ASSERT_TRUE(others->Make().ok());
  settings.keys = others;
  EXPECT_FALSE(ScrubbedAt(data(), settings).whole());
}

TEST_F(Scrub, ARunningStoreIsReadFromItsDiskWhileItIsWritten) {
  Open(KeysAt("keys"));
  std::atomic<bool> ending = false;
  JoiningThread writer([&] {
    for (int i = 0; !ending; ++i) Put("p" + std::to_string(i % 20), std::to_string(i));
  });
  for (int i = 0; i < 20; ++i) {
    const Sequence before = store_->LastSequence();
    const auto checked = ScrubStore(*store_, {});
    ASSERT_TRUE(checked.ok()) << checked.status();
    EXPECT_THAT(checked->problems, ElementsAre());
    EXPECT_GE(checked->head.sequence, before);
    EXPECT_EQ(checked->people_unread, 0u);
  }
  ending = true;
}

TEST_F(Scrub, DamageUnderARunningStoreIsFoundBeforeAnybodyReadsIt) {
  Open();
  const auto files = DatabaseFiles(data(), "", ".sst");
  ASSERT_FALSE(files.empty());
  FlipBit(files.back(), SizeOf(files.back()) / 8, 1);
  const auto checked = ScrubStore(*store_, {});
  EXPECT_FALSE(checked.ok() && checked->whole());
}

TEST_F(Scrub, AStoreInUseIsNotForTheOtherScrub) {
  Open();
  EXPECT_TRUE(absl::IsFailedPrecondition(ScrubDirectory(data(), {}).status()));
  EXPECT_TRUE(absl::IsNotFound(ScrubDirectory(path("nowhere"), {}).status()));
}

TEST_F(Scrub, OnlyAStoreOnADiskHasFilesToRead) {
  EXPECT_TRUE(absl::IsFailedPrecondition(ScrubStore(*NewMemoryStore(), {}).status()));
}

}  // namespace
}  // namespace passend::storage
