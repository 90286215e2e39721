// A store with a record for each validation becomes one with books, whenever it is interrupted.
#include "service/validations/gather_validations.h"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "google/protobuf/util/message_differencer.h"
#include "service/records/stored_message.h"
#include "service/records/validation_book.h"
#include "tests/storage/store_factories.h"

namespace passend::service {
namespace {

using google::protobuf::util::MessageDifferencer;
using storage::RecordKind;

class GatherValidationsTest : public testing::TestWithParam<storage::StoreFactory> {
 protected:
  void SetUp() override {
    harness_ = GetParam().make();
    ASSERT_TRUE(harness_->Open({}).ok());
  }
  storage::Store& store() { return harness_->store(); }

  // As they were stored until books came.
  void PutSeparately(const std::string& passport, int count) {
    storage::Batch batch;
    for (int number = 0; number < count; ++number) {
      const ValidationName name{{passport}, "v" + std::to_string(number)};
      v1::Validation validation;
      validation.set_skill("taxonomies/t/concepts/" + std::to_string(number));
      validation.set_level(1 + number % 5);
      validation.set_place("at " + passport);
      batch.mutations.push_back({KeyOf(name), StoredValue(validation)});
      validation.set_name(MakeName(name));
      wanted_[passport][validation.name()] = validation;
    }
    ASSERT_TRUE(store().Commit(std::move(batch)).ok());
  }

  size_t Left() {
    size_t left = 0;
    EXPECT_TRUE(store()
                    .Scan({RecordKind::kValidation, "", ""},
                          [&](const storage::Record&) {
                            ++left;
                            return true;
                          })
                    .ok());
    return left;
  }

  void ExpectAllInBooks() {
    EXPECT_EQ(Left(), 0u);
    for (const auto& [passport, validations] : wanted_) {
      const auto book = ReadBook(store(), PassportName{passport});
      ASSERT_TRUE(book.ok()) << book.status();
      ASSERT_EQ(book->validations.size(), validations.size()) << passport;
      size_t place = 0;
      for (const auto& [name, validation] : validations) {
        EXPECT_TRUE(MessageDifferencer::Equals(book->validations[place++], validation)) << name;
      }
    }
  }

  std::map<std::string, std::map<std::string, v1::Validation>> wanted_;

 private:
  std::unique_ptr<storage::StoreHarness> harness_;
};
INSTANTIATE_TEST_SUITE_P(Every, GatherValidationsTest,
                         testing::Values(storage::MemoryFactory(), storage::RocksDbFactory()),
                         [](const auto& factory) { return factory.param.name; });

TEST_P(GatherValidationsTest, MovesAllAndNothingTwice) {
  for (const char* passport : {"anna", "anna-2", "b"}) PutSeparately(passport, 30);
  PutSeparately("full", 2'000);
  PutSeparately("fuller", 6'000);  // more than go into one commit
  std::vector<size_t> told;
  const auto moved = GatherValidations(store(), [&](size_t so_far) { told.push_back(so_far); });
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(*moved, 8'090u);
  EXPECT_EQ(told, (std::vector<size_t>{5'000, 8'090}));
  ExpectAllInBooks();

  const storage::Sequence before = store().LastSequence();
  EXPECT_EQ(*GatherValidations(store(), [](size_t) { FAIL(); }), 0u);
  EXPECT_EQ(store().LastSequence(), before);
}

TEST_P(GatherValidationsTest, JoinsWhatABookHasAlready) {
  PutSeparately("anna", 10);
  ASSERT_TRUE(GatherValidations(store(), [](size_t) {}).ok());
  storage::Batch batch;
  const ValidationName name{{"anna"}, "late"};
  v1::Validation late;
  late.set_level(2);
  batch.mutations.push_back({KeyOf(name), StoredValue(late)});
  ASSERT_TRUE(store().Commit(std::move(batch)).ok());
  late.set_name(MakeName(name));
  wanted_["anna"][late.name()] = late;
  EXPECT_EQ(*GatherValidations(store(), [](size_t) {}), 1u);
  ExpectAllInBooks();
}

TEST_P(GatherValidationsTest, DamageIsSaidAndNothingMoves) {
  PutSeparately("anna", 3);
  storage::Batch batch;
  batch.mutations.push_back({{RecordKind::kValidation, "b/v"}, "\x12\x05"});
  ASSERT_TRUE(store().Commit(std::move(batch)).ok());
  EXPECT_EQ(GatherValidations(store(), [](size_t) {}).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Left(), 4u);
}

}  // namespace
}  // namespace passend::service
