#include "matcher/travel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace passend::matcher {
namespace {

constexpr int64_t kMetersPerCentidegree = 1'112;

// 10000 * cos(degree), rounded to nearest, for 0 to 90 degrees.
constexpr std::array<int32_t, 91> kCosine = {
    10000, 9998, 9994, 9986, 9976, 9962, 9945, 9925, 9903, 9877, 9848, 9816, 9781, 9744, 9703, 9659,
    9613,  9563, 9511, 9455, 9397, 9336, 9272, 9205, 9135, 9063, 8988, 8910, 8829, 8746, 8660, 8572,
    8480,  8387, 8290, 8192, 8090, 7986, 7880, 7771, 7660, 7547, 7431, 7314, 7193, 7071, 6947, 6820,
    6691,  6561, 6428, 6293, 6157, 6018, 5878, 5736, 5592, 5446, 5299, 5150, 5000, 4848, 4695, 4540,
    4384,  4226, 4067, 3907, 3746, 3584, 3420, 3256, 3090, 2924, 2756, 2588, 2419, 2250, 2079, 1908,
    1736,  1564, 1392, 1219, 1045, 872,  698,  523,  349,  175,  0};

int64_t FloorRoot(int64_t square) {
  auto root = static_cast<int64_t>(std::sqrt(static_cast<double>(square)));
  // The double is only a first guess; these steps make it exact.
  while (root * root > square) --root;
  while ((root + 1) * (root + 1) <= square) ++root;
  return root;
}

}  // namespace

int64_t MetersSquaredBetween(Place a, Place b) {
  const int south = std::min(std::abs(a.latitude_centidegrees), std::abs(b.latitude_centidegrees));
  const int64_t north_meters =
      kMetersPerCentidegree * (a.latitude_centidegrees - b.latitude_centidegrees);
  int64_t degrees = std::abs(a.longitude_centidegrees - b.longitude_centidegrees);
  degrees = std::min<int64_t>(degrees, 36'000 - degrees);
  const int64_t east_meters = kMetersPerCentidegree * degrees * kCosine[south / 100] / 10'000;
  return north_meters * north_meters + east_meters * east_meters;
}

int64_t MetersBetween(Place a, Place b) { return FloorRoot(MetersSquaredBetween(a, b)); }

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
