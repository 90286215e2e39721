#include "matcher/certainty.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

const AbilityPolicy kShipped;

Validation Seen(Method method, int level, Day day) {
  return {method, static_cast<int8_t>(level), day, {}, {}};
}

TEST(Certainty, HalvesWithEveryHalfLifePastTheGracePeriod) {
  EXPECT_EQ(AgedCertainty(kShipped, Method::kWorkSample, 0), 9'500);
  EXPECT_EQ(AgedCertainty(kShipped, Method::kWorkSample, 730), 9'500);
  EXPECT_EQ(AgedCertainty(kShipped, Method::kWorkSample, 730 + 1'460), 4'750);
}

TEST(Certainty, NeverFallsBelowAFreshSelfDeclaration) {
  EXPECT_EQ(AgedCertainty(kShipped, Method::kWorkSample, 36'500), 4'000);
  EXPECT_EQ(AgedCertainty(kShipped, Method::kSelfDeclared, 36'500), 4'000);
}

TEST(Certainty, NeverGrowsWithAge) {
  for (int method = 0; method < kMethods; ++method) {
    for (int32_t age = 1; age < 9'000; ++age) {
      EXPECT_LE(AgedCertainty(kShipped, static_cast<Method>(method), age),
                AgedCertainty(kShipped, static_cast<Method>(method), age - 1));
    }
  }
}

TEST(HeldLevel, TheMostCertainValidationSetsTheLevel) {
  const auto held = HoldsOn(
      kShipped,
      std::vector{Seen(Method::kSelfDeclared, 5, kToday), Seen(Method::kObserved, 4, kToday - 10)},
      kToday);
  ASSERT_TRUE(held);
  EXPECT_EQ(held->level, 4);
  EXPECT_EQ(held->certainty, 8'000);
  EXPECT_EQ(held->age_days, 10);
  EXPECT_FALSE(held->disputed);
}

TEST(HeldLevel, TheNewestWinsATie) {
  const auto held = HoldsOn(
      kShipped,
      std::vector{Seen(Method::kReference, 3, kToday - 9), Seen(Method::kReference, 2, kToday)},
      kToday);
  ASSERT_TRUE(held);
  EXPECT_EQ(held->level, 2);
}

TEST(HeldLevel, TwoStrongOnesTwoLevelsApartAreInDisputeAndTheLowerHolds) {
  const auto held =
      HoldsOn(kShipped,
              std::vector{Seen(Method::kWorkSample, 4, kToday), Seen(Method::kObserved, 2, kToday)},
              kToday);
  ASSERT_TRUE(held);
  EXPECT_TRUE(held->disputed);
  EXPECT_EQ(held->level, 2);
  EXPECT_EQ(held->level_high, 4);
}

TEST(HeldLevel, OneLevelApartIsNoDispute) {
  const auto held =
      HoldsOn(kShipped,
              std::vector{Seen(Method::kWorkSample, 3, kToday), Seen(Method::kObserved, 2, kToday)},
              kToday);
  ASSERT_TRUE(held);
  EXPECT_FALSE(held->disputed);
  EXPECT_EQ(held->level, 3);
}

TEST(HeldLevel, WhatIsExpiredRevokedOrStillToComeDoesNotCount) {
  Validation expired = Seen(Method::kFormal, 3, kToday - 100);
  expired.expires = kToday;
  Validation revoked = Seen(Method::kFormal, 3, kToday - 100);
  revoked.revoked = kToday;
  const std::vector<Validation> all = {expired, revoked, Seen(Method::kFormal, 3, kToday + 1)};
  EXPECT_FALSE(HoldsOn(kShipped, all, kToday));
  // The day before, the first two still counted: an old list can be made again.
  EXPECT_TRUE(HoldsOn(kShipped, all, kToday - 1));
}

TEST(HeldLevel, DoesNotDependOnTheOrderOfRecording) {
  const uint64_t seed = NumberFrom("PASSEND_SEED", 1);
  SCOPED_TRACE("PASSEND_SEED=" + std::to_string(seed));
  RandomSource random(seed);
  for (int round = 0; round < 2'000; ++round) {
    std::vector<Validation> validations;
    for (int i = 0; i < 4; ++i) validations.push_back(GenerateValidation(random));
    const auto held = HoldsOn(kShipped, validations, kToday);
    std::rotate(validations.begin(), validations.begin() + random.Between(1, 3), validations.end());
    ASSERT_EQ(held, HoldsOn(kShipped, validations, kToday));
  }
}

}  // namespace
}  // namespace passend::matcher
