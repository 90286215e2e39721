#include "service/feed/commit_ringer.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/time/clock.h"
#include "service/records/change_event.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

using storage::RecordKind;

class CommitRingerTest : public testing::Test {
 protected:
  void Commit(RecordKind kind) {
    storage::Batch batch;
    batch.events.push_back(ChangeEvent({kind, "a"}, Change::kChanged));
    ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  }
  // Until the ringer has come to `sequence`, or a few of its rounds have passed.
  void Await(uint64_t sequence) {
    for (int i = 0; i < 200 && bell_.reached() < sequence; ++i) {
      absl::SleepFor(absl::Milliseconds(10));
    }
  }

  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  FeedBell bell_;
};

TEST_F(CommitRingerTest, RingsForPeopleAndForNothingElse) {
  Commit(RecordKind::kPassport);
  const CommitRinger ringer(*store_, bell_);
  Await(1);
  EXPECT_EQ(bell_.reached(), 1u) << "what was there is where feeds begin";
  const uint64_t rung = bell_.count();
  Commit(RecordKind::kLook);
  Commit(RecordKind::kTask);
  absl::SleepFor(4 * CommitRinger::kRingInterval);
  EXPECT_EQ(bell_.count(), rung);
  for (const RecordKind kind :
       {RecordKind::kPassport, RecordKind::kValidation, RecordKind::kConsentBook}) {
    Commit(kind);
    Await(store_->LastSequence());
    EXPECT_EQ(bell_.reached(), store_->LastSequence());
  }
}

TEST_F(CommitRingerTest, ManyCommitsAreFewRings) {
  const CommitRinger ringer(*store_, bell_);
  const absl::Time start = absl::Now();
  for (int i = 0; i < 2'000; ++i) Commit(RecordKind::kPassport);
  Await(store_->LastSequence());
  EXPECT_EQ(bell_.reached(), store_->LastSequence());
  const auto intervals = (absl::Now() - start) / CommitRinger::kRingInterval;
  EXPECT_LE(bell_.count(), static_cast<uint64_t>(intervals) + 3);
}

}  // namespace
}  // namespace passend::service
