// Lines that are committed while their answers are being made.
#include "service/audit/line_writer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "storage/forwarding_store.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

using storage::Batch;
using storage::Key;
using storage::RecordKind;

Key Line(const std::string& id) { return {RecordKind::kLook, id}; }

Batch LineOf(const std::string& id) {
  Batch batch;
  batch.expectations.push_back({{RecordKind::kErasure, id}, 0});
  batch.mutations.push_back({Line(id), "a line"});
  batch.events.push_back({Line(id), "told"});
  return batch;
}

// Counts commits, and keeps all of them until they are let go.
class SlowStore : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::StatusOr<storage::CommitResult> Commit(Batch batch) override {
    last_by = std::this_thread::get_id();
    ++commits;
    go_on.WaitForNotification();
    if (throws) throw std::bad_alloc();
    return ForwardingStore::Commit(std::move(batch));
  }
  std::atomic<int> commits = 0;
  std::atomic<std::thread::id> last_by;
  std::atomic<bool> throws = false;
  absl::Notification go_on;
};

void DoNothing() {}

class LineWriterTest : public testing::Test {
 protected:
  using OnItsWay = std::shared_ptr<const LineWriter::OnItsWay>;

  ~LineWriterTest() override {
    if (!slow_.go_on.HasBeenNotified()) slow_.go_on.Notify();
    AwaitCallers();
  }

  OnItsWay Begin(const std::string& id) { return writer_->Begin(LineOf(id), DoNothing); }
  // Returns when the words were made.
  void BeginOnAThreadOfItsOwn(const std::string& id) {
    absl::Notification worded;
    callers_.emplace_back([&] { writer_->Begin(LineOf(id), [&] { worded.Notify(); }); });
    worded.WaitForNotification();
  }

  // Keeps the writer's own thread at a commit, and one who brought lines.
  void KeepBusy() {
    BeginOnAThreadOfItsOwn("first");
    AwaitCommits(1);
    // Who was first may have found the thread not yet there, and then it has these lines as well.
    Begin("second");
    for (int pause = 0; pause < 100 && slow_.commits < 2; ++pause) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  void AwaitCallers() {
    for (std::thread& caller : std::exchange(callers_, {})) caller.join();
  }
  void AwaitCommits(int count) const {
    while (slow_.commits < count) std::this_thread::yield();
  }
  bool IsThere(const std::string& id) const {
    const auto found = store_->Read({Line(id)});
    return found.ok() && found->front().has_value();
  }
  void Erase(const std::string& id) {
    Batch batch;
    batch.mutations.push_back({{RecordKind::kErasure, id}, "then"});
    ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  }

  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore({});
  SlowStore slow_{*store_};
  std::unique_ptr<LineWriter> writer_ = std::make_unique<LineWriter>(slow_);
  std::vector<std::thread> callers_;
};

TEST_F(LineWriterTest, WhatComesMeanwhileIsOneCommit) {
  KeepBusy();
  std::vector<OnItsWay> others;
  for (int number = 0; number < 10; ++number) {
    others.push_back(Begin("other" + std::to_string(number)));
  }
  EXPECT_FALSE(IsThere("first"));
  slow_.go_on.Notify();
  for (const OnItsWay& other : others) EXPECT_TRUE(other->Wait().ok());
  for (int number = 0; number < 10; ++number) {
    EXPECT_TRUE(IsThere("other" + std::to_string(number)));
  }
  AwaitCallers();
  EXPECT_TRUE(IsThere("first"));
  EXPECT_TRUE(IsThere("second"));
  EXPECT_LE(slow_.commits, 3);
}

TEST_F(LineWriterTest, WhoWasErasedKeepsNobodyElseBack) {
  Erase("gone");
  KeepBusy();
  const OnItsWay before = Begin("before");
  const OnItsWay gone = Begin("gone");
  const OnItsWay after = Begin("after");
  slow_.go_on.Notify();
  EXPECT_TRUE(before->Wait().ok());
  EXPECT_TRUE(absl::IsAborted(gone->Wait()));
  EXPECT_TRUE(after->Wait().ok());
  EXPECT_TRUE(IsThere("before"));
  EXPECT_FALSE(IsThere("gone"));
  EXPECT_TRUE(IsThere("after"));
}

TEST_F(LineWriterTest, WhatHasBegunIsCommittedBeforeItEnds) {
  slow_.go_on.Notify();
  for (int number = 0; number < 100; ++number) Begin(std::to_string(number));
  writer_.reset();
  for (int number = 0; number < 100; ++number) EXPECT_TRUE(IsThere(std::to_string(number)));
}

TEST_F(LineWriterTest, WordsAreThereWhenItReturnsWhoeverMadeThem) {
  slow_.go_on.Notify();
  for (int number = 0; number < 1'000; ++number) {
    std::string words;
    const OnItsWay begun = writer_->Begin(LineOf(std::to_string(number)), [&] { words = "made"; });
    ASSERT_EQ(words, "made");
    ASSERT_TRUE(begun->Wait().ok());
    ASSERT_TRUE(IsThere(std::to_string(number)));
  }
}

// When the writer's thread has come to wait is not seen from here: it is tried until it has.
TEST_F(LineWriterTest, WhoFindsTheWriterIdleCommitsAndLeavesTheWordsToIt) {
  std::thread::id caller;
  std::thread::id worded_by;
  for (int number = 0; number < 1'000; ++number) {
    SlowStore slow(*store_);
    LineWriter writer(slow);
    std::this_thread::sleep_for(std::chrono::milliseconds(number));
    absl::Notification worded;
    std::thread thread([&] {
      caller = std::this_thread::get_id();
      writer.Begin(LineOf(std::to_string(number)), [&] {
        worded_by = std::this_thread::get_id();
        worded.Notify();
      });
    });
    worded.WaitForNotification();
    slow.go_on.Notify();
    thread.join();
    if (worded_by == caller) continue;
    EXPECT_EQ(slow.last_by, caller);
    EXPECT_TRUE(IsThere(std::to_string(number)));
    return;
  }
  FAIL() << "the writer's thread never made words";
}

TEST_F(LineWriterTest, WhatACommitThrowsIsThrownToWhoAskedAndTheNextOneIsWritten) {
  for (int number = 0; number < 1'000; ++number) {
    SlowStore slow(*store_);
    LineWriter writer(slow);
    std::this_thread::sleep_for(std::chrono::milliseconds(number));
    absl::Notification worded;
    bool thrown = false;
    std::thread::id worded_by;
    std::thread thread([&] {
      try {
        writer.Begin(LineOf("thrown"), [&] {
          worded_by = std::this_thread::get_id();
          worded.Notify();
        });
      } catch (const std::bad_alloc&) {
        thrown = true;
      }
    });
    const std::thread::id caller = thread.get_id();
    worded.WaitForNotification();
    // On the writer's own thread nobody is there to catch it.
    slow.throws = worded_by != caller;
    slow.go_on.Notify();
    thread.join();
    if (worded_by == caller) continue;
    EXPECT_TRUE(thrown);
    slow.throws = false;
    const OnItsWay next = writer.Begin(LineOf("next"), DoNothing);
    EXPECT_TRUE(next->Wait().ok());
    EXPECT_TRUE(IsThere("next"));
    return;
  }
  FAIL() << "the writer's thread never made words";
}

TEST_F(LineWriterTest, WordsAreMadeWhileTheLinesAreOnTheirWay) {
  BeginOnAThreadOfItsOwn("first");
  EXPECT_FALSE(IsThere("first"));
  BeginOnAThreadOfItsOwn("second");
  EXPECT_FALSE(IsThere("second"));
}

TEST_F(LineWriterTest, WhatTheWordsThrowIsThrownToWhoAsked) {
  slow_.go_on.Notify();
  const auto fail = [] { throw std::runtime_error("no words"); };
  for (int number = 0; number < 100; ++number) {
    EXPECT_THROW(writer_->Begin(LineOf(std::to_string(number)), fail), std::runtime_error);
  }
  writer_.reset();
  for (int number = 0; number < 100; ++number) EXPECT_TRUE(IsThere(std::to_string(number)));
}

}  // namespace
}  // namespace passend::service
