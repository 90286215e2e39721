#include "matcher/travel.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/matcher/random_source.h"

namespace passend::matcher {
namespace {

constexpr Place kGroningen{5'322, 657};
constexpr Place kMaastricht{5'085, 569};

// Great-circle distance on a sphere of the earth's mean radius, 6371.0088 km (IUGG).
double Haversine(Place a, Place b) {
  const auto radians = [](int32_t centidegrees) { return centidegrees / 100.0 * M_PI / 180.0; };
  const double north = radians(a.latitude_centidegrees) - radians(b.latitude_centidegrees);
  const double east = radians(a.longitude_centidegrees) - radians(b.longitude_centidegrees);
  const double half =
      std::pow(std::sin(north / 2), 2) + std::cos(radians(a.latitude_centidegrees)) *
                                             std::cos(radians(b.latitude_centidegrees)) *
                                             std::pow(std::sin(east / 2), 2);
  return 2 * 6'371'008.8 * std::asin(std::sqrt(half));
}

TEST(Travel, MeasuresTheNetherlandsWithinThreePercent) {
  RandomSource random(NumberFrom("PASSEND_SEED", 3));
  for (int round = 0; round < 5'000; ++round) {
    const Place a{static_cast<int32_t>(random.Between(5'075, 5'355)),
                  static_cast<int32_t>(random.Between(336, 722))};
    const Place b{static_cast<int32_t>(random.Between(5'075, 5'355)),
                  static_cast<int32_t>(random.Between(336, 722))};
    EXPECT_EQ(MetersBetween(a, b), MetersBetween(b, a));
    EXPECT_NEAR(static_cast<double>(MetersBetween(a, b)), Haversine(a, b),
                0.03 * Haversine(a, b) + 2);
  }
}

TEST(Travel, KnowsExactValuesThatOtherLanguagesCanCheck) {
  EXPECT_EQ(MetersBetween(kGroningen, kGroningen), 0);
  EXPECT_EQ(MetersBetween(kGroningen, kMaastricht), 270'946);
  EXPECT_EQ(MetersBetween({5'200, 400}, {5'201, 400}), 1'112);
}

TEST(Travel, RoundsMinutesUpAndAddsTheFixedOnes) {
  const WishesPolicy policy;
  // 1112 m x 1.30 = 1445.6 m; on foot 80 m a minute: 18.07.
  EXPECT_EQ(TravelMinutes(policy, TravelMeans::kWalking, {5'200, 400}, {5'201, 400}), 19);
  // By bicycle 240 m a minute and 2 minutes: 8.02.
  EXPECT_EQ(TravelMinutes(policy, TravelMeans::kCycling, {5'200, 400}, {5'201, 400}), 9);
  EXPECT_EQ(TravelMinutes(policy, TravelMeans::kCycling, {5'200, 400}, {5'200, 400}), 2);
}

// They are computed with doubles, and have to be exact.
TEST(Travel, RootsOfSquaresAndTheirNeighboursAreExact) {
  RandomSource random(NumberFrom("PASSEND_SEED", 4));
  for (int round = 0; round < 200'000; ++round) {
    const int64_t root = random.Between(1, (1 << 26) - 1) >> random.Between(0, 25);
    if (root == 0) continue;
    ASSERT_EQ(travel_internal::FloorRoot(root * root), root);
    ASSERT_EQ(travel_internal::FloorRoot(root * root - 1), root - 1);
    ASSERT_EQ(travel_internal::FloorRoot(root * root + 2 * root), root);
  }
}

// What is skipped because it is too far is bounded from below, and not by much: of a place alone by
// the difference of the cosines at its latitudes.
TEST(Travel, ABoundIsNeverMoreThanTheWayAndLittleLess) {
  RandomSource random(NumberFrom("PASSEND_SEED", 5));
  const auto place = [&] {
    return Place{static_cast<int32_t>(random.Between(5'075, 5'355)),
                 static_cast<int32_t>(random.Between(336, 722))};
  };
  for (int round = 0; round < 20'000; ++round) {
    const Place from = place();
    const Place to = place();
    ASSERT_LE(MetersAtLeast(from, to, to), MetersBetween(from, to));
    ASSERT_GE(MetersAtLeast(from, to, to), MetersBetween(from, to) * 92 / 100);
    const Place other = place();
    const Place south_west{std::min(to.latitude_centidegrees, other.latitude_centidegrees),
                           std::min(to.longitude_centidegrees, other.longitude_centidegrees)};
    const Place north_east{std::max(to.latitude_centidegrees, other.latitude_centidegrees),
                           std::max(to.longitude_centidegrees, other.longitude_centidegrees)};
    ASSERT_LE(MetersAtLeast(from, south_west, north_east), MetersBetween(from, to));
  }
}

TEST(Travel, CrossesTheDateLineTheShortWay) {
  EXPECT_EQ(MetersBetween({0, 17'999}, {0, -17'999}), 2 * 1'112);
}

}  // namespace
}  // namespace passend::matcher
