#include "service/match/kept_results.h"

#include "gtest/gtest.h"

namespace passend::service {
namespace {

class KeptResultsTest : public testing::Test {
 protected:
  void Keep(const std::string& id, size_t places = 1) {
    kept_.Keep(id, std::make_shared<const std::string>(id), places);
  }
  bool Has(const std::string& id) {
    const auto found = kept_.Find(id);
    if (found != nullptr) {
      EXPECT_EQ(*found, id);
    }
    return found != nullptr;
  }

  absl::Time now_ = absl::FromUnixSeconds(1'795'000'000);
  KeptResults<std::string> kept_ = KeptResults<std::string>([this] { return now_; });
};

TEST_F(KeptResultsTest, KeepsForFiveMinutes) {
  Keep("a");
  now_ += absl::Minutes(3);
  Keep("b");
  now_ += absl::Minutes(2) - absl::Seconds(1);
  EXPECT_TRUE(Has("a"));
  now_ += absl::Seconds(1);
  EXPECT_FALSE(Has("a"));
  EXPECT_TRUE(Has("b"));
  EXPECT_FALSE(Has("never kept"));
}

TEST_F(KeptResultsTest, WhatNobodyCanAskForIsForgotten) {
  const auto list = std::make_shared<const std::string>("list");
  kept_.Keep("a", list, 1);
  kept_.DropExpired();
  EXPECT_EQ(list.use_count(), 2);
  now_ += kResultsKeptFor;
  kept_.DropExpired();
  EXPECT_EQ(list.use_count(), 1);
}

TEST_F(KeptResultsTest, TheOldestGoesWhenThereAreTooMany) {
  for (size_t number = 0; number <= kResultsKeptMax; ++number) Keep(std::to_string(number));
  EXPECT_FALSE(Has("0"));
  EXPECT_TRUE(Has("1"));
  EXPECT_TRUE(Has(std::to_string(kResultsKeptMax)));
}

TEST_F(KeptResultsTest, TheOldestGoesWhenTheListsAreTooLongTogether) {
  Keep("a", kPlacesKeptMax / 2);
  Keep("b", kPlacesKeptMax / 2);
  EXPECT_TRUE(Has("a"));
  Keep("c", 1);
  EXPECT_FALSE(Has("a"));
  EXPECT_TRUE(Has("b"));
  EXPECT_TRUE(Has("c"));
}

TEST_F(KeptResultsTest, WhatIsReplacedIsKeptAsLongAndCountsAnew) {
  kept_.Keep("a", std::make_shared<const std::string>("beginning"), 1);
  Keep("b", kPlacesKeptMax / 2);
  now_ += absl::Minutes(4);
  kept_.Replace("a", std::make_shared<const std::string>("a"), kPlacesKeptMax / 2);
  EXPECT_TRUE(Has("a"));
  EXPECT_TRUE(Has("b"));
  Keep("c", 1);
  EXPECT_FALSE(Has("a"));
  EXPECT_TRUE(Has("b"));

  now_ += absl::Minutes(1);
  EXPECT_FALSE(Has("b"));
  kept_.Replace("b", std::make_shared<const std::string>("b"), 1);
  EXPECT_FALSE(Has("b"));
  EXPECT_TRUE(Has("c"));
}

TEST_F(KeptResultsTest, LetsGoOfWhatItKeepsNoLonger) {
  const auto list = std::make_shared<const std::string>("a");
  kept_.Keep("a", list, 1);
  EXPECT_EQ(list.use_count(), 2);
  now_ += kResultsKeptFor;
  EXPECT_FALSE(Has("another"));
  EXPECT_EQ(list.use_count(), 1);
}

TEST_F(KeptResultsTest, WhoReadsAListHasItToTheEnd) {
  Keep("a");
  const auto reading = kept_.Find("a");
  now_ += kResultsKeptFor;
  EXPECT_FALSE(Has("a"));
  EXPECT_EQ(*reading, "a");
}

TEST_F(KeptResultsTest, RoomThatWasLetGoIsRoomAgain) {
  for (int round = 0; round < 3; ++round) {
    const std::string id = std::to_string(round);
    Keep(id, kPlacesKeptMax);
    EXPECT_TRUE(Has(id));
    now_ += kResultsKeptFor;
    EXPECT_FALSE(Has(id));
  }
}

}  // namespace
}  // namespace passend::service
