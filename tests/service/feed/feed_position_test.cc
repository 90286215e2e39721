#include "service/feed/feed_position.h"

#include <gtest/gtest.h>

#include <string>

namespace passend::service {
namespace {

TEST(FeedPositionTest, ParseGivesBackWhatMakeWasGiven) {
  const std::string chain = "chain+++";
  for (const FeedPosition& position :
       {FeedPosition{}, FeedPosition{.snapshot = true, .after_id = "abc", .sequence = 7},
        FeedPosition{.snapshot = false, .after_id = "", .sequence = ~0ull, .told_of_next = 0},
        FeedPosition{.snapshot = false, .after_id = "", .sequence = 8, .told_of_next = 499}}) {
    const FeedCursor cursor{position, chain};
    EXPECT_EQ(ParseFeedCursor(MakeFeedCursor(cursor)), cursor);
  }
}

TEST(FeedPositionTest, WhatMakeDoesNotGiveIsNone) {
  const std::string good =
      MakeFeedCursor({{.snapshot = false, .after_id = "", .sequence = 8}, "chain+++"});
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(ParseFeedCursor(good.substr(0, size)), std::nullopt);
  }
  EXPECT_EQ(ParseFeedCursor(good + "x"), std::nullopt) << "the tail has no id";
  std::string other_phase = good;
  other_phase[0] = 3;
  EXPECT_EQ(ParseFeedCursor(other_phase), std::nullopt);
  EXPECT_EQ(ParseFeedCursor(std::string(1, 1) + good.substr(1) + std::string(300, 'x')),
            std::nullopt);
}

}  // namespace
}  // namespace passend::service
