// What was kept for long enough goes, and no more than that.
#include "service/audit/retention.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "storage/memory_store.h"
#include "tests/service/audit/audit_world.h"

namespace passend::service {
namespace {

class RetentionTest : public testing::Test {
 protected:
  RetentionTest() {
    world_.ImportSkills("1", {"weed"});
    for (int i = 0; i < 4; ++i) {
      people_.push_back(world_.CreatePassport(random_));
      world_.Record(people_.back(), "weed", 3);
    }
    task_ = world_.CreateTask("weed", random_);
  }

  void Find() {
    v1::FindCandidatesRequest request;
    request.set_task(task_);
    EXPECT_GT(world_.FindCandidates(request).candidates_size(), 0);
  }

  std::mt19937_64 random_{1};
  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  AuditWorld world_{*store_};
  std::vector<std::string> people_;
  std::string task_;
};

TEST_F(RetentionTest, WhatWasKeptForLongEnoughGoesAndTheRestIsWhole) {
  Find();
  const std::string old = world_.Decisions().back();
  const storage::Sequence before = store_->LastSequence();
  absl::SleepFor(absl::Milliseconds(2));
  const absl::Time oldest = absl::Now();
  world_.Record(people_[0], "weed", 5);
  Find();
  const auto removed = RemoveOlder(*store_, oldest);
  ASSERT_TRUE(removed.ok()) << removed.status();
  EXPECT_GT(*removed, 0u);
  EXPECT_TRUE(absl::IsOutOfRange(store_->Tail(before - 1, 1).status()));
  const v1::CheckAccessLogResponse checked = world_.Check();
  EXPECT_TRUE(checked.whole()) << checked.DebugString();
  EXPECT_GE(checked.first_sequence(), static_cast<int64_t>(before));
  EXPECT_GT(checked.looks(), 0);
  ASSERT_EQ(world_.Decisions().size(), 1u);
  EXPECT_NE(world_.Decisions().front(), old);
  EXPECT_EQ(world_.Replay(world_.Decisions().front()).outcome(), v1::REPLAY_OUTCOME_IDENTICAL);
  const auto again = RemoveOlder(*store_, oldest);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, 0u);
}

// Whoever keeps no looks still has a journal, and it does not grow for ever.
TEST_F(RetentionTest, TheJournalIsKeptForAsLongAlsoWhereNothingOfItIsRemoved) {
  const auto write = [&](std::string_view request) {
    storage::Batch batch;
    batch.mutations.push_back({{storage::RecordKind::kTask, "of-long-ago"}, std::string(request)});
    batch.idempotency = storage::Idempotency{std::string(request), "of it", "done"};
    ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  };
  absl::SleepFor(absl::Milliseconds(2));
  ASSERT_TRUE(RemoveOlder(*store_, absl::Now()).ok());
  write("first");
  const storage::Sequence first = store_->LastSequence();
  absl::SleepFor(absl::Milliseconds(2));
  const absl::Time oldest = absl::Now();
  write("second");
  const auto removed = RemoveOlder(*store_, oldest);
  ASSERT_TRUE(removed.ok()) << removed.status();
  EXPECT_EQ(*removed, 0u);
  EXPECT_TRUE(absl::IsOutOfRange(store_->Tail(first - 1, 1).status()));
  EXPECT_TRUE(store_->Tail(first, 1).ok());
  EXPECT_FALSE(store_->FindReceipt("first")->has_value());
  EXPECT_TRUE(store_->FindReceipt("second")->has_value());
  EXPECT_EQ(world_.Check().whole(), true);
}

// A clock that jumps a year ahead must not take the whole log away before somebody sets it right.
TEST_F(RetentionTest, AClockThatJumpsAheadTakesAwayAPart) {
  Find();
  absl::SleepFor(absl::Milliseconds(200));
  Find();
  ASSERT_EQ(world_.Decisions().size(), 2u);
  const absl::Time ahead = absl::Now() + absl::Hours(24 * 365);
  std::set<size_t> left;
  for (int sweep = 0; sweep < 100 && !left.contains(0); ++sweep) {
    const auto removed = RemoveOlder(*store_, ahead, /*at_most=*/absl::Milliseconds(50));
    ASSERT_TRUE(removed.ok()) << removed.status();
    left.insert(world_.Decisions().size());
    EXPECT_TRUE(world_.Check().whole());
  }
  EXPECT_TRUE(left.contains(1)) << "both went at once";
  EXPECT_TRUE(left.contains(0)) << "what is old enough goes sooner or later";
}

}  // namespace
}  // namespace passend::service
