#include "matcher/travel.h"

#include <algorithm>
#include <cstdlib>

namespace passend::matcher {

using travel_internal::FloorRoot;
using travel_internal::kCosine;
using travel_internal::kMetersPerCentidegree;

int64_t MetersAtLeast(Place from, Place south_west, Place north_east) {
  const int64_t latitude = std::clamp(from.latitude_centidegrees, south_west.latitude_centidegrees,
                                      north_east.latitude_centidegrees);
  const int64_t north_meters = kMetersPerCentidegree * (from.latitude_centidegrees - latitude);
  int64_t degrees = 0;
  if (from.longitude_centidegrees < south_west.longitude_centidegrees ||
      from.longitude_centidegrees > north_east.longitude_centidegrees) {
    // Going round the other way may be shorter: the nearest is at one of the two sides.
    const auto to = [&](int32_t side) {
      const int64_t way = std::abs(from.longitude_centidegrees - side);
      return std::min<int64_t>(way, 36'000 - way);
    };
    degrees =
        std::min(to(south_west.longitude_centidegrees), to(north_east.longitude_centidegrees));
  }
  // The southern latitude of two is never beyond that of `from`, and degrees are wider there.
  const int64_t east_meters = kMetersPerCentidegree * degrees *
                              kCosine[std::abs(from.latitude_centidegrees) / 100] / 10'000;
  return FloorRoot(north_meters * north_meters + east_meters * east_meters);
}

int32_t MinutesFor(const WishesPolicy& policy, TravelMeans means, int64_t meters) {
  const TravelSpeed& speed = policy.speeds[static_cast<int>(means)];
  const int64_t way_percent_meters = meters * policy.detour_percent;
  const int64_t meters_percent_per_minute = int64_t{100} * speed.meters_per_minute;
  const int64_t minutes =
      (way_percent_meters + meters_percent_per_minute - 1) / meters_percent_per_minute;
  return static_cast<int32_t>(speed.minutes_fixed + minutes);
}

int64_t MetersWithin(const WishesPolicy& policy, TravelMeans means, int32_t minutes) {
  const TravelSpeed& speed = policy.speeds[static_cast<int>(means)];
  if (minutes < speed.minutes_fixed) return -1;
  if (policy.detour_percent <= 0) return kMetersMost;
  const int64_t meters = int64_t{minutes - speed.minutes_fixed} * 100 * speed.meters_per_minute /
                         policy.detour_percent;
  return std::min(meters, kMetersMost);
}

int32_t TravelMinutes(const WishesPolicy& policy, TravelMeans means, Place a, Place b) {
  return MinutesFor(policy, means, MetersBetween(a, b));
}

}  // namespace passend::matcher
