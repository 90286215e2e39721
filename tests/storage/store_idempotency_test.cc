// Receipts and the fence: who may commit what once, and who may commit at all.
#include "tests/storage/store_conformance.h"

namespace passend::storage {
namespace {

class StoreIdempotency : public StoreConformance {};
PASSEND_FOR_EVERY_STORE(StoreIdempotency);

TEST_P(StoreIdempotency, ARepeatWritesNothingAndGivesTheFirstResult) {
  const auto batch = [](std::string value) -> Batch {
    return BatchOf().Expect(Task("t"), 0).Put(Task("t"), value).Once("r", "digest", value);
  };
  EXPECT_EQ(store().Commit(batch("first"))->repeated_response, std::nullopt);
  Commit(BatchOf().Put(Task("t"), "changed"));
  const auto repeated = store().Commit(batch("second"));  // its expectation holds no more
  ASSERT_TRUE(repeated.ok()) << repeated.status();
  EXPECT_EQ(repeated->sequence, 1u);
  EXPECT_EQ(repeated->repeated_response, "first");
  EXPECT_EQ(Read(Task("t"))->value, "changed");
  EXPECT_EQ(store().LastSequence(), 2u);
}

TEST_P(StoreIdempotency, AnotherContentUnderTheSameRequestIsRefused) {
  Commit(BatchOf().Put(Task("t"), "1").Once("r", "digest", "answer"));
  EXPECT_EQ(CodeOf(BatchOf().Put(Task("t"), "2").Once("r", "other digest", "answer")),
            absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Read(Task("t"))->value, "1");
}

TEST_P(StoreIdempotency, FindsReceipts) {
  EXPECT_EQ(*store().FindReceipt("r"), std::nullopt);
  Commit(BatchOf().Put(Task("t"), "0"));
  Commit(BatchOf().Put(Task("t"), "1").Once("r", "digest", "answer"));
  const auto receipt = store().FindReceipt("r");
  ASSERT_TRUE(receipt.ok() && receipt->has_value());
  EXPECT_EQ((*receipt)->sequence, 2u);
  EXPECT_EQ((*receipt)->fingerprint, "digest");
  EXPECT_EQ((*receipt)->response, "answer");
  EXPECT_EQ(*store().FindReceipt("R"), std::nullopt);
  EXPECT_EQ(*store().FindReceipt(""), std::nullopt);
}

TEST_P(StoreIdempotency, ReceiptsSurviveClosing) {
  if (!harness().Has(Trait::kSurvivesClosing)) GTEST_SKIP() << "keeps nothing";
  Commit(BatchOf().Put(Task("t"), "1").Once("r", "digest", ""));
  ASSERT_TRUE(harness().Open({}).ok());
  const auto repeated = store().Commit(BatchOf().Put(Task("t"), "2").Once("r", "digest", "x"));
  ASSERT_TRUE(repeated.ok());
  EXPECT_EQ(repeated->repeated_response, "");
}

class StoreFence : public StoreConformance {};
PASSEND_FOR_EVERY_STORE(StoreFence);

TEST_P(StoreFence, AWriterOfALowerEpochCannotCommit) {
  Commit(BatchOf().Put(Task("t"), "1").Once("r", "f", "a"));
  ASSERT_TRUE(store().Fence(1).ok());
  EXPECT_EQ(CodeOf(BatchOf().Put(Task("t"), "2")), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(CodeOf(BatchOf().Put(Task("t"), "1").Once("r", "f", "a")),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Read(Task("t"))->value, "1");  // and reads on
  EXPECT_EQ(store().LastSequence(), 1u);
}

TEST_P(StoreFence, OnlyGoesUp) {
  ASSERT_TRUE(store().Fence(5).ok());
  EXPECT_TRUE(absl::IsInvalidArgument(store().Fence(5)));
  EXPECT_TRUE(absl::IsInvalidArgument(store().Fence(4)));
  EXPECT_TRUE(absl::IsInvalidArgument(store().Fence(0)));
  EXPECT_TRUE(store().Fence(6).ok());
}

TEST_P(StoreFence, TheWriterOfTheEpochAndAHigherOneCommit) {
  ASSERT_TRUE(harness().Open({.epoch = 3}).ok());
  EXPECT_TRUE(store().Fence(2).ok());
  Commit(BatchOf().Put(Task("t"), "1"));
  EXPECT_TRUE(store().Fence(3).ok());
  Commit(BatchOf().Put(Task("t"), "2"));
  EXPECT_TRUE(store().Fence(4).ok());
  EXPECT_EQ(CodeOf(BatchOf().Put(Task("t"), "3")), absl::StatusCode::kFailedPrecondition);
}

TEST_P(StoreFence, HoldsAfterClosing) {
  if (!harness().Has(Trait::kSurvivesClosing)) GTEST_SKIP() << "keeps nothing";
  Commit(BatchOf().Put(Task("t"), "1"));
  ASSERT_TRUE(store().Fence(2).ok());
  ASSERT_TRUE(harness().Open({.epoch = 1}).ok());
  EXPECT_EQ(CodeOf(BatchOf().Put(Task("t"), "2")), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Read(Task("t"))->value, "1");
  ASSERT_TRUE(harness().Open({.epoch = 2}).ok());
  Commit(BatchOf().Put(Task("t"), "2"));
}

}  // namespace
}  // namespace passend::storage
