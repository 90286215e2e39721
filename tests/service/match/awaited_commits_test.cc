#include "service/match/awaited_commits.h"

#include <atomic>
#include <functional>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

using storage::Batch;
using storage::RecordKind;
using storage::Sequence;

constexpr int kLastKind = static_cast<int>(RecordKind::kCredentialStatus);

bool IsOfAnswers(RecordKind kind) {
  return kind == RecordKind::kLook || kind == RecordKind::kDecision;
}

Batch Write(RecordKind kind, std::string id = "one/two") {
  Batch batch;
  batch.mutations.push_back({{kind, std::move(id)}, "a value"});
  return batch;
}

Batch Tell(RecordKind kind) {
  Batch batch;
  batch.events.push_back({{kind, "one/two"}, "whatever"});
  return batch;
}

TEST(AwaitedCommits, OnlyLooksAndDecisionsAreAboutAnswers) {
  for (int number = 1; number <= kLastKind; ++number) {
    SCOPED_TRACE(number);
    const auto kind = static_cast<RecordKind>(number);
    EXPECT_EQ(IsOnlyAboutAnswers(Write(kind)), IsOfAnswers(kind));
    EXPECT_EQ(IsOnlyAboutAnswers(Tell(kind)), IsOfAnswers(kind));
    Batch deletion;
    deletion.mutations.push_back({{kind, "one/two"}, std::nullopt});
    EXPECT_EQ(IsOnlyAboutAnswers(deletion), IsOfAnswers(kind));
    Batch together = Write(RecordKind::kLook);
    together.mutations.push_back({{kind, "three"}, "a value"});
    EXPECT_EQ(IsOnlyAboutAnswers(together), IsOfAnswers(kind));
    together = Write(RecordKind::kDecision);
    together.events.push_back({{kind, "three"}, ""});
    EXPECT_EQ(IsOnlyAboutAnswers(together), IsOfAnswers(kind));
  }
  EXPECT_FALSE(IsOnlyAboutAnswers(Write(static_cast<RecordKind>(kLastKind + 1))));
}

TEST(AwaitedCommits, TheLastIsThatOfTheLastOtherCommit) {
  const auto store = storage::NewMemoryStore({});
  ASSERT_TRUE(store->Commit(Write(RecordKind::kLook)).ok());
  AwaitedCommits commits(*store);
  EXPECT_EQ(commits.ToAwait().awaited, 1u) << "what was there before counts";
  ASSERT_TRUE(commits.Commit(Write(RecordKind::kLook)).ok());
  EXPECT_EQ(commits.ToAwait().awaited, 1u);
  ASSERT_TRUE(commits.Commit(Write(RecordKind::kExposure)).ok());
  EXPECT_EQ(commits.ToAwait().awaited, 3u);
  ASSERT_TRUE(commits.Commit(Write(RecordKind::kDecision)).ok());
  EXPECT_EQ(commits.ToAwait().awaited, 3u);
  EXPECT_EQ(commits.ToAwait().last, 4u);
}

// Commits, and does what it is told before it says so.
class LateStore : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::StatusOr<storage::CommitResult> Commit(Batch batch) override {
    auto committed = ForwardingStore::Commit(std::move(batch));
    return then ? then(std::move(committed)) : committed;
  }
  std::function<absl::StatusOr<storage::CommitResult>(absl::StatusOr<storage::CommitResult>)> then;
};

TEST(AwaitedCommits, WhatCanBeSeenCountsBeforeItIsAcknowledged) {
  const auto store = storage::NewMemoryStore({});
  LateStore late(*store);
  AwaitedCommits commits(late);
  Sequence meanwhile = 0;
  late.then = [&](auto committed) {
    meanwhile = commits.ToAwait().awaited;
    return committed;
  };
  ASSERT_TRUE(commits.Commit(Write(RecordKind::kTask)).ok());
  EXPECT_EQ(meanwhile, 1u);
  ASSERT_TRUE(commits.Commit(Write(RecordKind::kLook)).ok());
  EXPECT_EQ(meanwhile, 1u) << "of answers";
}

TEST(AwaitedCommits, OneThatMayBeThereCounts) {
  const auto store = storage::NewMemoryStore({});
  LateStore late(*store);
  AwaitedCommits commits(late);
  late.then = [](const auto&) { return absl::UnavailableError("nobody knows"); };
  ASSERT_FALSE(commits.Commit(Write(RecordKind::kTask)).ok());
  EXPECT_EQ(commits.ToAwait().awaited, 1u);
  late.then = nullptr;
  ASSERT_TRUE(commits.Commit(Write(RecordKind::kLook)).ok());
  EXPECT_EQ(commits.ToAwait().awaited, 1u);
}

TEST(AwaitedCommits, WaitsForOtherCommitsOnly) {
  const auto store = storage::NewMemoryStore({});
  AwaitedCommits commits(*store);
  ASSERT_TRUE(commits.Commit(Write(RecordKind::kTask)).ok());
  commits.Await(0, absl::InfiniteDuration());  // it is there
  ASSERT_TRUE(commits.Commit(Write(RecordKind::kLook)).ok());
  const absl::Time began = absl::Now();
  commits.Await(1, absl::Milliseconds(20));
  EXPECT_GE(absl::Now() - began, absl::Milliseconds(20)) << "lines are no news";
  std::thread writer([&] { EXPECT_TRUE(commits.Commit(Write(RecordKind::kPassport)).ok()); });
  commits.Await(1, absl::InfiniteDuration());
  writer.join();
  EXPECT_EQ(commits.ToAwait().awaited, 3u);
}

TEST(AwaitedCommits, WhoGivesUpIsWoken) {
  const auto store = storage::NewMemoryStore({});
  const AwaitedCommits commits(*store);
  std::atomic<bool> given_up = false;
  std::thread ending([&] {
    given_up = true;
    commits.Wake();
  });
  commits.Await(0, absl::InfiniteDuration(), [&] { return given_up.load(); });
  ending.join();
  EXPECT_EQ(commits.ToAwait().last, 0u);
}

// While many commit: what a reader saw is compared with the journal afterwards.
TEST(AwaitedCommits, NoneThatCanBeSeenIsEverLeftOut) {
  constexpr int kWriters = 4;
  constexpr int kCommits = 1'500;
  struct Seen {
    Sequence acknowledged;
    Sequence last;
    Sequence awaited;
    Sequence last_told;
    Sequence last_after;
  };
  const auto store = storage::NewMemoryStore({});
  AwaitedCommits commits(*store);
  std::atomic<Sequence> acknowledged = 0;  // the highest other one
  std::atomic<int> writing = kWriters;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      std::mt19937_64 random(std::random_device{}());
      for (int number = 0; number < kCommits; ++number) {
        const bool other = random() % 4 == 0;
        Batch batch =
            Write(other ? RecordKind::kTask : RecordKind::kLook, absl::StrCat(writer, "/", number));
        batch.events.push_back({batch.mutations[0].key, ""});
        const auto committed = commits.Commit(std::move(batch));
        ASSERT_TRUE(committed.ok()) << committed.status();
        Sequence before = acknowledged;
        while (other && before < committed->sequence &&
               !acknowledged.compare_exchange_weak(before, committed->sequence)) {
        }
      }
      --writing;
    });
  }
  std::vector<Seen> seen;
  while (writing > 0) {
    Seen one{acknowledged, commits.LastSequence(), 0, 0, 0};
    const CommitsToAwait told = commits.ToAwait();
    one.awaited = told.awaited;
    one.last_told = told.last;
    one.last_after = commits.LastSequence();
    seen.push_back(one);
    std::this_thread::yield();
  }
  for (std::thread& thread : threads) thread.join();

  std::set<Sequence> others;
  for (Sequence after = 0; after < store->LastSequence();) {
    const auto entries = store->Tail(after, 1'000);
    ASSERT_TRUE(entries.ok()) << entries.status();
    for (const storage::JournalEntry& entry : *entries) {
      if (!IsOfAnswers(entry.events.at(0).key.kind)) others.insert(entry.sequence);
      after = entry.sequence;
    }
  }
  size_t spared = 0;
  for (const Seen& one : seen) {
    ASSERT_GE(one.awaited, one.acknowledged);
    ASSERT_LE(one.awaited, one.last_told);
    ASSERT_GE(one.last_told, one.last);
    ASSERT_LE(one.last_told, one.last_after);
    const auto next = others.upper_bound(one.awaited);
    ASSERT_TRUE(next == others.end() || *next > one.last_told)
        << *next << " was there, and " << one.awaited << " was the last to wait for";
    spared += one.awaited < one.last ? 1 : 0;
  }
  EXPECT_EQ(commits.ToAwait().awaited, *others.rbegin());
  RecordProperty("questions that need not wait", static_cast<int>(spared));
}

}  // namespace
}  // namespace passend::service
