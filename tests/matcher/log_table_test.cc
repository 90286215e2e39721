#include "matcher/log_table.h"

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

namespace passend::matcher {
namespace {

TEST(LogTable, IsTheNearestIntegerToTheRealLogarithm) {
  for (BasisPoints score = 1; score <= kWhole; ++score) {
    const long double real = 65'536.0L * std::log2(10'000.0L / score);
    EXPECT_EQ(LossOf(score), std::llround(real)) << score;
    // Far enough from a tie for anybody's arithmetic to round the same way.
    EXPECT_GT(std::abs(real - std::floor(real) - 0.5L), 1e-5L) << score;
  }
}

TEST(LogTable, HasTheChecksumThatTheContractNames) {
  uint64_t checksum = 0;
  for (BasisPoints score = 1; score <= kWhole; ++score) {
    checksum = checksum * 31 + static_cast<uint64_t>(LossOf(score));
  }
  EXPECT_EQ(checksum, 13842519807879621972u);
}

TEST(LogTable, KnowsHalvings) {
  EXPECT_EQ(LossOf(10'000), 0);
  EXPECT_EQ(LossOf(5'000), kHalving);
  EXPECT_EQ(LossOf(2'500), 2 * kHalving);
  EXPECT_EQ(Log2Ratio(3'007, 3'007), 0);
  EXPECT_EQ(Log2Ratio(1'024, 1), 10 * kHalving);
}

TEST(LogTable, FallsStrictlySoThatScoresComeBack) {
  for (BasisPoints score = 1; score <= kWhole; ++score) {
    EXPECT_EQ(ScoreOf(LossOf(score)), score);
    if (score > 1) {
      EXPECT_LT(LossOf(score), LossOf(score - 1));
    }
  }
}

TEST(LogTable, ScoreIsTheGreatestThatLosesAtLeastAsMuch) {
  EXPECT_EQ(ScoreOf(1), 9'999);
  EXPECT_EQ(ScoreOf(kHalving - 1), 5'000);
  EXPECT_EQ(ScoreOf(kHalving + 1), 4'999);
  EXPECT_EQ(ScoreOf(LossOf(1)), 1);
  EXPECT_EQ(ScoreOf(LossOf(1) + 1), 0);
}

}  // namespace
}  // namespace passend::matcher
