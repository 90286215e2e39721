// Many threads at once: expectations are checked together with the write, nothing is seen torn.
#include <atomic>
#include <new>

#include "absl/time/clock.h"
#include "storage/commit_queue.h"
#include "storage/limits.h"
#include "tests/storage/joining_thread.h"
#include "tests/storage/store_conformance.h"

namespace passend::storage {
namespace {

void InParallel(int threads, const std::function<void(int)>& work) {
  std::vector<JoiningThread> running;
  for (int i = 0; i < threads; ++i) running.emplace_back(work, i);
}

class StoreConcurrency : public StoreConformance {};
PASSEND_FOR_EVERY_STORE(StoreConcurrency);

// Every increment that was acknowledged counts once: no lost update.
TEST_P(StoreConcurrency, ACounterUnderExpectationsLosesNothing) {
  constexpr int kThreads = 8, kIncrements = 40;
  InParallel(kThreads, [&](int) {
    for (int done = 0; done < kIncrements;) {
      const auto found = store().Read({Task("counter")});
      ASSERT_TRUE(found.ok());
      const std::optional<Record>& record = found->front();
      const int value = record ? std::stoi(record->value) : 0;
      const auto result = store().Commit(BatchOf()
                                             .Expect(Task("counter"), record ? record->version : 0)
                                             .Put(Task("counter"), std::to_string(value + 1)));
      if (result.ok()) {
        ++done;
      } else {
        ASSERT_TRUE(absl::IsAborted(result.status())) << result.status();
      }
    }
  });
  EXPECT_EQ(Read(Task("counter"))->value, std::to_string(kThreads * kIncrements));
  EXPECT_EQ(store().LastSequence(), Sequence{kThreads * kIncrements});
}

TEST_P(StoreConcurrency, EachCommitHasASequenceOfItsOwn) {
  constexpr int kThreads = 8, kCommits = 50;
  std::array<std::vector<Sequence>, kThreads> sequences;
  InParallel(kThreads, [&](int thread) {
    for (int i = 0; i < kCommits; ++i) {
      const Key key = Task(std::to_string(thread) + "/" + std::to_string(i));
      const auto result = store().Commit(BatchOf().Put(key, "x").Tell(key, "put"));
      ASSERT_TRUE(result.ok());
      ASSERT_GE(store().LastSequence(), result->sequence);
      sequences[thread].push_back(result->sequence);
    }
  });
  const auto entries = Tail(0);
  ASSERT_EQ(entries.size(), size_t{kThreads * kCommits});
  for (int thread = 0; thread < kThreads; ++thread) {
    for (int i = 0; i < kCommits; ++i) {
      const Key key = Task(std::to_string(thread) + "/" + std::to_string(i));
      EXPECT_EQ(entries[sequences[thread][i] - 1].events, (std::vector<Event>{{key, "put"}}));
      EXPECT_EQ(Read(key)->version, sequences[thread][i]);
    }
  }
}

TEST_P(StoreConcurrency, OneRequestFromManyThreadsIsCommittedOnce) {
  for (int round = 0; round < 20; ++round) {
    const std::string request = "request " + std::to_string(round);
    std::atomic<int> fresh = 0;
    InParallel(8, [&](int thread) {
      const auto result =
          store().Commit(BatchOf().Put(Task("t"), "x").Once(request, "f", std::to_string(thread)));
      ASSERT_TRUE(result.ok());
      if (!result->repeated_response) ++fresh;
      EXPECT_EQ(result->sequence, Sequence(round + 1));
    });
    EXPECT_EQ(fresh, 1);
  }
}

// Two records always hold the same number, for Read, Scan and snapshots; a snapshot's sequence is
// their version, and the journal may be followed from it.
TEST_P(StoreConcurrency, NothingIsSeenTorn) {
  Commit(BatchOf().Put(Task("a"), "0").Put(Task("b"), "0"));
  std::atomic<bool> stop = false;
  JoiningThread writer([&] {
    for (int i = 1; !stop; ++i) {
      Commit(BatchOf().Put(Task("a"), std::to_string(i)).Put(Task("b"), std::to_string(i)));
    }
  });
  InParallel(3, [&](int thread) {
    for (int i = 0; i < 200; ++i) {
      std::vector<Record> seen;
      if (thread == 0) {
        const auto found = store().Read({Task("a"), Task("b")});
        for (const auto& record : *found) seen.push_back(*record);
      } else if (thread == 1) {
        ASSERT_TRUE(store()
                        .Scan({RecordKind::kTask, "", ""},
                              [&](Record record) {
                                seen.push_back(std::move(record));
                                return true;
                              })
                        .ok());
      } else {
        const auto snapshot = store().GetSnapshot();
        const auto found = (*snapshot)->Read({Task("a"), Task("b")});
        for (const auto& record : *found) seen.push_back(*record);
        EXPECT_EQ(seen[0].version, (*snapshot)->sequence());
        EXPECT_TRUE(store().Tail((*snapshot)->sequence(), 1).ok());
      }
      ASSERT_EQ(seen.size(), 2u);
      EXPECT_EQ(seen[0].value, seen[1].value);
      EXPECT_EQ(seen[0].version, seen[1].version);
    }
  });
  stop = true;
}

// One snapshot read by many, while it grows old.
TEST_P(StoreConcurrency, ASnapshotIsTheSameForEveryThread) {
  constexpr int kTasks = 300;
  Batch batch;
  for (int task = 0; task < kTasks; ++task) {
    batch.mutations.push_back({Task(std::to_string(task)), "old"});
  }
  Commit(std::move(batch));
  const auto snapshot = store().GetSnapshot();
  ASSERT_TRUE(snapshot.ok());
  std::atomic<bool> stop = false;
  JoiningThread writer([&] {
    for (int i = 0; !stop; ++i) {
      Commit(BatchOf().Put(Task(std::to_string(i % kTasks)), "new"));
      Commit(BatchOf().Delete(Task("7")));
    }
  });
  InParallel(4, [&](int) {
    for (int round = 0; round < 20; ++round) {
      int seen = 0;
      const auto visit = [&](const auto& record) {
        EXPECT_EQ(record.value, "old");
        ++seen;
        return true;
      };
      ASSERT_TRUE((*snapshot)->ScanViews({RecordKind::kTask, "", ""}, visit).ok());
      ASSERT_TRUE((*snapshot)->Scan({RecordKind::kTask, "", ""}, visit).ok());
      EXPECT_EQ(seen, 2 * kTasks);
      EXPECT_EQ((*(*snapshot)->Read({Task("7")}))[0]->value, "old");
    }
  });
  stop = true;
}

TEST_P(StoreConcurrency, AwaitCommitWakesOnACommit) {
  JoiningThread waiter([&] { EXPECT_GE(store().AwaitCommit(0, absl::InfiniteDuration()), 1u); });
  absl::SleepFor(absl::Milliseconds(10));  // most likely it waits by now; either way it returns
  Commit(BatchOf().Put(Task("t"), "1"));
}

// A follower that polls and waits sees each entry once, while writers write and the journal is cut
// behind it.
TEST_P(StoreConcurrency, AFollowerMissesNothingWhileTheJournalIsCut) {
  constexpr Sequence kLast = 400;
  JoiningThread writers([&] {
    InParallel(4, [&](int thread) {
      for (Sequence i = 0; i < kLast / 4; ++i) {
        Commit(BatchOf().Tell(Task(std::to_string(thread)), std::to_string(i)));
      }
    });
  });
  Sequence followed = 0;
  while (followed < kLast) {
    store().AwaitCommit(followed, absl::InfiniteDuration());
    for (const JournalEntry& entry : Tail(followed, 7)) ASSERT_EQ(entry.sequence, ++followed);
    if (followed % 3 == 0) {
      ASSERT_TRUE(store().CompactJournal(followed).ok());
    }
  }
}

TEST_P(StoreConcurrency, AfterTheFenceNothingIsCommitted) {
  std::atomic<bool> fenced = false;
  std::atomic<Sequence> last_at_fence = 0;
  JoiningThread fence([&] {
    absl::SleepFor(absl::Milliseconds(20));
    ASSERT_TRUE(store().Fence(1).ok());
    last_at_fence = store().LastSequence();
    fenced = true;
  });
  InParallel(4, [&](int) {
    while (true) {
      const bool was_fenced = fenced;
      const auto result = store().Commit(BatchOf().Put(Task("t"), "x"));
      if (!result.ok()) {
        EXPECT_TRUE(absl::IsFailedPrecondition(result.status()));
        return;
      }
      ASSERT_FALSE(was_fenced);
    }
  });
  fence.Join();
  EXPECT_EQ(store().LastSequence(), last_at_fence);
}

TEST(CommitQueue, GroupsWhatWaitsTogetherWithinItsLimits) {
  std::atomic<bool> hold = true;
  std::vector<size_t> sizes;
  CommitQueue queue([&](const std::vector<CommitQueue::Waiter*>& waiters) {
    while (hold) absl::SleepFor(absl::Milliseconds(1));
    sizes.push_back(waiters.size());
    for (auto* waiter : waiters) waiter->result = CommitResult{waiter->bytes, std::nullopt};
  });
  const Batch batch;
  constexpr int kThreads = 2 * kGroupCommitsMax;
  std::vector<JoiningThread> threads;
  for (int i = 0; i < kThreads; ++i) {
    // Its own result, not a neighbour's. One of them is as large as a group may be.
    const size_t bytes = i == 3 ? kGroupBytesMax : static_cast<size_t>(i);
    threads.emplace_back([&, bytes] { EXPECT_EQ(queue.Commit(batch, bytes)->sequence, bytes); });
  }
  absl::SleepFor(absl::Milliseconds(50));
  hold = false;
  threads.clear();
  size_t total = 0;
  for (const size_t size : sizes) {
    EXPECT_GE(size, 1u);
    EXPECT_LE(size, kGroupCommitsMax);
    total += size;
  }
  EXPECT_EQ(total, size_t{kThreads});
  EXPECT_LT(sizes.size(), size_t{kThreads} / 4) << "waiting commits did not share writes";
}

// Nobody knows then what was written, and those who wait would wait for ever.
TEST(CommitQueueDeathTest, WhatIsThrownWhileWritingEndsTheProcess) {
  CommitQueue queue([](const std::vector<CommitQueue::Waiter*>&) { throw std::bad_alloc(); });
  EXPECT_DEATH(queue.Commit({}, 0).IgnoreError(), "");
}

}  // namespace
}  // namespace passend::storage
