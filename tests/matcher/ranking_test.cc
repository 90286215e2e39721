#include "matcher/ranking.h"

#include <gtest/gtest.h>

namespace passend::matcher {
namespace {

TEST(TieHash, HasValuesThatOtherLanguagesCanCheck) {
  EXPECT_EQ(TieHash("", ""), 2737183428366584608u);
  EXPECT_EQ(TieHash("seed", "passports/p1"), 11115203482006483321u);
  EXPECT_NE(TieHash("a", "bc"), TieHash("ab", "c"));
}

TEST(Order, IsScoreThenLongestUnseenThenHashThenName) {
  const RankKey base{5'000, 10, 7, "m"};
  EXPECT_TRUE(ComesBefore({5'001, 99, 9, "z"}, base));
  EXPECT_TRUE(ComesBefore({5'000, 9, 9, "z"}, base));
  EXPECT_TRUE(ComesBefore({5'000, 10, 6, "z"}, base));
  EXPECT_TRUE(ComesBefore({5'000, 10, 7, "a"}, base));
  EXPECT_FALSE(ComesBefore(base, base));
}

TEST(Order, NeverShownComesFirst) {
  EXPECT_TRUE(ComesBefore({5'000, 0, 9, "z"}, {5'000, 1, 0, "a"}));
}

}  // namespace
}  // namespace passend::matcher
