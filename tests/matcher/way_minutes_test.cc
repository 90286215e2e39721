#include "matcher/way_minutes.h"

#include <gtest/gtest.h>

#include "tests/matcher/random_source.h"

namespace passend::matcher {
namespace {

WishesPolicy AnyPolicy(RandomSource& random) {
  WishesPolicy policy;
  policy.detour_percent = static_cast<int32_t>(random.Between(0, 1'000));
  for (TravelSpeed& speed : policy.speeds) {
    speed = {static_cast<int32_t>(random.Between(1, 3'000)),
             static_cast<int32_t>(random.Between(0, 60))};
  }
  return policy;
}

Place AnywhereWithin(RandomSource& random, int latitude, int longitude) {
  return {static_cast<int32_t>(random.Between(-latitude, latitude)),
          static_cast<int32_t>(random.Between(-longitude, longitude))};
}

void ExpectTravelMinutes(RandomSource& random, const WishesPolicy& policy, Place to,
                         const Homes& homes, size_t way_count, WayScratch& scratch) {
  std::vector<HomeMeans> ways;
  for (size_t way = 0; way < way_count; ++way) {
    ways.emplace_back(
        static_cast<uint16_t>(random.Between(0, static_cast<int64_t>(homes.size()) - 1)),
        static_cast<TravelMeans>(random.Between(0, kTravelMeans - 1)));
  }
  FindWayMinutes(policy, to, homes, ways, scratch);
  ASSERT_EQ(scratch.minutes.size(), ways.size());
  for (size_t way = 0; way < ways.size(); ++way) {
    const Place home = homes[ways[way].home()];
    ASSERT_EQ(scratch.minutes[way], TravelMinutes(policy, ways[way].means(), home, to))
        << "from " << home.latitude_centidegrees << "," << home.longitude_centidegrees << " to "
        << to.latitude_centidegrees << "," << to.longitude_centidegrees << " by "
        << static_cast<int>(ways[way].means());
  }
}

// What is computed in doubles, several at a time, has to be exact, on every kind of earth.
TEST(WayMinutes, AreTravelMinutesOfAnyPlaces) {
  const auto seed = NumberFrom("PASSEND_SEED", 5);
  SCOPED_TRACE(seed);
  RandomSource random(seed);
  WayScratch scratch;
  for (int round = 0; round < 3'000; ++round) {
    const WishesPolicy policy = AnyPolicy(random);
    const bool everywhere = random.Chance(50);
    const Place to = everywhere ? AnywhereWithin(random, 9'000, 18'000) : Place{5'200, 480};
    Homes homes;
    for (int64_t home = random.Between(1, 40); home > 0; --home) {
      const Place near = AnywhereWithin(random, 60, 90);
      homes.Add(everywhere ? AnywhereWithin(random, 9'000, 18'000)
                           : Place{to.latitude_centidegrees + near.latitude_centidegrees,
                                   to.longitude_centidegrees + near.longitude_centidegrees});
    }
    ExpectTravelMinutes(random, policy, to, homes, static_cast<size_t>(random.Between(0, 60)),
                        scratch);
    if (HasFatalFailure()) return;
  }
}

// A line of so many metres, where the last of them just fills a minute or begins the next.
TEST(WayMinutes, TurnAtFullMinutes) {
  RandomSource random(NumberFrom("PASSEND_SEED", 6));
  const Place to{5'200, 480};
  WayScratch scratch;
  for (int round = 0; round < 2'000; ++round) {
    Homes homes;
    for (int home = 0; home < 8; ++home) {
      homes.Add({to.latitude_centidegrees + static_cast<int32_t>(random.Between(-90, 90)),
                 to.longitude_centidegrees});
    }
    WishesPolicy policy;
    policy.detour_percent = 100;
    const auto meters = static_cast<int32_t>(MetersBetween(homes[0], to));
    for (TravelSpeed& speed : policy.speeds) {
      const auto divisor = static_cast<int32_t>(random.Between(1, 30));
      speed.meters_per_minute =
          std::max(1, meters / divisor + static_cast<int32_t>(random.Between(-1, 1)));
    }
    ExpectTravelMinutes(random, policy, to, homes, 30, scratch);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace passend::matcher
