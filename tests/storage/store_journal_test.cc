// The journal: Tail, AwaitCommit, CompactJournal, and what is left after closing (S2, S3).
#include "absl/time/clock.h"
#include "storage/limits.h"
#include "tests/storage/store_conformance.h"

namespace passend::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class StoreJournal : public StoreConformance {
 protected:
  void CommitMany(int count) {
    for (int i = 0; i < count; ++i) {
      Commit(BatchOf().Tell(Task("t"), std::to_string(store().LastSequence() + 1)));
    }
  }
  absl::StatusCode TailCode(Sequence after, size_t limit = 10) {
    return store().Tail(after, limit).status().code();
  }
};
PASSEND_FOR_EVERY_STORE(StoreJournal);

TEST_P(StoreJournal, TellsEventsInTheOrderGiven) {
  const absl::Time first = clock().Now();
  Commit(BatchOf()
             .Put(Task("t"), "1")
             .Tell(Task("t"), "put")
             .Tell(Passport("p"), "")
             .Tell(Task("t"), "again"));
  clock().Advance(absl::Microseconds(5));
  Commit(BatchOf().Put(Task("t"), "2"));
  EXPECT_THAT(
      Tail(0),
      ElementsAre(
          JournalEntry{1, first, {{Task("t"), "put"}, {Passport("p"), ""}, {Task("t"), "again"}}},
          JournalEntry{2, first + absl::Microseconds(5), {}}));
}

TEST_P(StoreJournal, KeepsWholeMicroseconds) {
  clock().Advance(absl::Nanoseconds(1'999));
  CommitMany(1);
  EXPECT_EQ(Tail(0)[0].committed_at, absl::FromUnixMicros(absl::ToUnixMicros(clock().Now())));
}

TEST_P(StoreJournal, PagesWithoutGapOrRepeat) {
  CommitMany(25);
  Sequence after = 0;
  for (const size_t size : {10u, 10u, 5u, 0u}) {
    const auto page = Tail(after, 10);
    ASSERT_EQ(page.size(), size);
    for (const JournalEntry& entry : page) EXPECT_EQ(entry.sequence, ++after);
  }
}

TEST_P(StoreJournal, IsAChainFromTheOldestKeptEntryToTheLast) {
  EXPECT_EQ(store().CheckJournal()->last, (ChainPoint{0, std::string(32, '\0')}));
  CommitMany(7);
  const auto span = store().CheckJournal();
  ASSERT_TRUE(span.ok()) << span.status();
  EXPECT_EQ(span->first.sequence, 0u);
  EXPECT_EQ(span->last.sequence, 7u);
  EXPECT_EQ(store().ChainAt(7).value(), span->last);
  EXPECT_NE(store().ChainAt(6)->chain, span->last.chain);
  const ChainPoint third = store().ChainAt(3).value();
  ASSERT_TRUE(store().CompactJournal(3).ok());
  EXPECT_EQ(store().CheckJournal()->first, third);
  EXPECT_EQ(store().CheckJournal()->last, span->last);
  EXPECT_EQ(store().ChainAt(3).value(), third);
  EXPECT_EQ(store().ChainAt(2).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(store().ChainAt(8).status().code(), absl::StatusCode::kOutOfRange);
}

TEST_P(StoreJournal, RefusesLimitsOutOfRange) {
  CommitMany(1);
  EXPECT_EQ(TailCode(0, 0), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(TailCode(0, kTailEntriesMax + 1), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(TailCode(0, kTailEntriesMax), absl::StatusCode::kOk);
}

TEST_P(StoreJournal, RefusesToTailBeyondTheLastCommit) {
  EXPECT_THAT(Tail(0), IsEmpty());
  EXPECT_EQ(TailCode(1), absl::StatusCode::kOutOfRange);
  CommitMany(3);
  EXPECT_THAT(Tail(3), IsEmpty());
  EXPECT_EQ(TailCode(4), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(TailCode(~Sequence{0}), absl::StatusCode::kOutOfRange);
}

TEST_P(StoreJournal, LargeEntriesMakeShortPages) {
  for (int i = 0; i < 4; ++i) {
    Commit(BatchOf().Tell(Task("t"), std::string(kEventPayloadBytesMax, 'p')));
  }
  EXPECT_EQ(Tail(0).size(), kTailBytesTarget / kEventPayloadBytesMax);
  EXPECT_EQ(Tail(2).size(), 2u);
}

TEST_P(StoreJournal, AwaitCommitReturnsAtOnceWhenThereIsOne) {
  CommitMany(2);
  EXPECT_EQ(store().AwaitCommit(0, absl::InfiniteDuration()), 2u);
  EXPECT_EQ(store().AwaitCommit(1, absl::InfiniteDuration()), 2u);
}

TEST_P(StoreJournal, AwaitCommitGivesUpAfterItsTime) {
  CommitMany(2);
  EXPECT_EQ(store().AwaitCommit(2, -absl::InfiniteDuration()), 2u);
  EXPECT_EQ(store().AwaitCommit(9, absl::Milliseconds(5)), 2u);
}

TEST_P(StoreJournal, CompactionDropsWhatWasNamedOnly) {
  CommitMany(10);
  ASSERT_TRUE(store().CompactJournal(4).ok());
  EXPECT_EQ(TailCode(0), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(TailCode(3), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Tail(4).size(), 6u);
  EXPECT_EQ(Tail(4)[0].sequence, 5u);
  EXPECT_EQ(store().LastSequence(), 10u);
}

TEST_P(StoreJournal, CompactionNeverGoesBackAndNotBeyondTheEnd) {
  CommitMany(10);
  EXPECT_TRUE(absl::IsOutOfRange(store().CompactJournal(11)));
  EXPECT_TRUE(store().CompactJournal(0).ok());
  EXPECT_EQ(Tail(0).size(), 10u);
  EXPECT_TRUE(store().CompactJournal(6).ok());
  EXPECT_TRUE(store().CompactJournal(2).ok());
  EXPECT_EQ(TailCode(5), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Tail(6).size(), 4u);
}

TEST_P(StoreJournal, CompactionOfAllLeavesRecordsAndSequence) {
  Commit(BatchOf().Put(Task("t"), "1"));
  CommitMany(2'500);  // more than one chunk
  ASSERT_TRUE(store().CompactJournal(2'501).ok());
  EXPECT_THAT(Tail(2'501), IsEmpty());
  EXPECT_EQ(Read(Task("t"))->version, 1u);
  EXPECT_EQ(Commit(BatchOf().Put(Task("t"), "2")), 2'502u);
  EXPECT_EQ(Tail(2'501).size(), 1u);
}

TEST_P(StoreJournal, CompactionDropsTheReceiptsOfThoseCommits) {
  Commit(BatchOf().Put(Task("t"), "1").Once("first", "f", "one"));
  Commit(BatchOf().Put(Task("t"), "2").Once("second", "f", "two"));
  ASSERT_TRUE(store().CompactJournal(1).ok());
  EXPECT_EQ(*store().FindReceipt("first"), std::nullopt);
  EXPECT_NE(*store().FindReceipt("second"), std::nullopt);
  // What is forgotten may be asked anew, with other content, and lives on beside the next cut.
  EXPECT_EQ(Commit(BatchOf().Put(Task("t"), "3").Once("first", "other", "three")), 3u);
  ASSERT_TRUE(store().CompactJournal(2).ok());
  EXPECT_EQ((*store().FindReceipt("first"))->response, "three");
}

TEST_P(StoreJournal, EverythingSurvivesClosing) {
  if (!harness().Has(Trait::kSurvivesClosing)) GTEST_SKIP() << "keeps nothing";
  Commit(BatchOf().Put(Task("t"), "1").Once("r", "f", "answer"));
  CommitMany(5);
  ASSERT_TRUE(store().CompactJournal(3).ok());
  ASSERT_TRUE(store().Fence(7).ok());
  ASSERT_TRUE(harness().Open({.epoch = 7}).ok());
  EXPECT_EQ(store().LastSequence(), 6u);
  EXPECT_EQ(Read(Task("t"))->version, 1u);
  EXPECT_EQ(TailCode(2), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Tail(3).size(), 3u);
  EXPECT_EQ(Commit(BatchOf().Put(Task("t"), "2")), 7u);
  ASSERT_TRUE(harness().Open({.epoch = 7}).ok());
  EXPECT_EQ(Tail(3).size(), 4u);
}

}  // namespace
}  // namespace passend::storage
