// Lines that are committed while their answers are being made.
#include "service/audit/line_writer.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
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

// Counts commits; the first one waits until it is let go.
class CountingStore : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::StatusOr<storage::CommitResult> Commit(Batch batch) override {
    if (commits++ == 0) go_on.WaitForNotification();
    return ForwardingStore::Commit(std::move(batch));
  }
  std::atomic<int> commits = 0;
  absl::Notification go_on;
};

class LineWriterTest : public testing::Test {
 protected:
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
  CountingStore counting_{*store_};
};

TEST_F(LineWriterTest, WhatComesMeanwhileIsOneCommit) {
  LineWriter writer(counting_);
  const auto first = writer.Begin(LineOf("first"));
  while (counting_.commits == 0) std::this_thread::yield();
  std::vector<std::shared_ptr<const LineWriter::OnItsWay>> others;
  for (int number = 0; number < 10; ++number) {
    others.push_back(writer.Begin(LineOf("other" + std::to_string(number))));
  }
  EXPECT_FALSE(IsThere("first"));
  counting_.go_on.Notify();
  EXPECT_TRUE(first->Wait().ok());
  for (const auto& other : others) EXPECT_TRUE(other->Wait().ok());
  for (int number = 0; number < 10; ++number) {
    EXPECT_TRUE(IsThere("other" + std::to_string(number)));
  }
  EXPECT_EQ(counting_.commits, 2);
}

TEST_F(LineWriterTest, WhoWasErasedKeepsNobodyElseBack) {
  Erase("gone");
  LineWriter writer(counting_);
  const auto first = writer.Begin(LineOf("first"));
  while (counting_.commits == 0) std::this_thread::yield();
  const auto before = writer.Begin(LineOf("before"));
  const auto gone = writer.Begin(LineOf("gone"));
  const auto after = writer.Begin(LineOf("after"));
  counting_.go_on.Notify();
  EXPECT_TRUE(first->Wait().ok());
  EXPECT_TRUE(before->Wait().ok());
  EXPECT_TRUE(absl::IsAborted(gone->Wait()));
  EXPECT_TRUE(after->Wait().ok());
  EXPECT_TRUE(IsThere("before"));
  EXPECT_FALSE(IsThere("gone"));
  EXPECT_TRUE(IsThere("after"));
}

TEST_F(LineWriterTest, WhatHasBegunIsCommittedBeforeItEnds) {
  counting_.go_on.Notify();
  {
    LineWriter writer(counting_);
    for (int number = 0; number < 100; ++number) writer.Begin(LineOf(std::to_string(number)));
  }
  for (int number = 0; number < 100; ++number) EXPECT_TRUE(IsThere(std::to_string(number)));
}

}  // namespace
}  // namespace passend::service
