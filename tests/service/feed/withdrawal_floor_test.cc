#include "service/feed/withdrawal_floor.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "service/records/change_event.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

using storage::RecordKind;

class WithdrawalFloorTest : public testing::Test {
 protected:
  storage::Sequence Commit(storage::Event event) {
    storage::Batch batch;
    batch.events.push_back(std::move(event));
    return floor_.Commit(std::move(batch)).value().sequence;
  }

  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  WithdrawalFloor floor_{*store_};
};

TEST_F(WithdrawalFloorTest, IsTheLastCommitThatTookSomebodyAway) {
  EXPECT_EQ(floor_.floor(), 0u);
  const storage::Key anna{RecordKind::kPassport, "anna"};
  Commit(PersonEvent(anna, {.moved = true}));
  Commit({{RecordKind::kLook, "line"}, ""});
  EXPECT_EQ(floor_.floor(), 0u) << "nobody was taken away";
  const storage::Sequence lost = Commit(PersonEvent(anna, {.partners = {"partners/delft"}}));
  EXPECT_EQ(floor_.floor(), lost);
  Commit(ChangeEvent(anna, Change::kChanged));
  EXPECT_EQ(floor_.floor(), lost);
  const storage::Sequence erased =
      Commit(PersonEvent(anna, {.change = Change::kErased, .partners_unknown = true}));
  EXPECT_EQ(floor_.floor(), erased);
}

TEST_F(WithdrawalFloorTest, WhatIsNotCommittedDoesNotCount) {
  storage::Batch batch;
  const storage::Key anna{RecordKind::kPassport, "anna"};
  batch.expectations.push_back({anna, 17});
  batch.events.push_back(PersonEvent(anna, {.partners = {"partners/delft"}}));
  EXPECT_FALSE(floor_.Commit(std::move(batch)).ok());
  EXPECT_EQ(floor_.floor(), 0u);
}

}  // namespace
}  // namespace passend::service
