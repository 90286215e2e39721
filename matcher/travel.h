// How long a way is, in whole numbers.
#ifndef PASSEND_MATCHER_TRAVEL_H_
#define PASSEND_MATCHER_TRAVEL_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "matcher/policy.h"

namespace passend::matcher {

// A point on a grid of a hundredth of a degree, WGS 84.
struct Place {
  int32_t latitude_centidegrees;
  int32_t longitude_centidegrees;
  friend bool operator==(const Place&, const Place&) = default;
};

namespace travel_internal {

inline constexpr int64_t kMetersPerCentidegree = 1'112;

// 10000 * cos(degree), rounded to nearest, for 0 to 90 degrees.
inline constexpr std::array<int32_t, 91> kCosine = {
    10000, 9998, 9994, 9986, 9976, 9962, 9945, 9925, 9903, 9877, 9848, 9816, 9781, 9744, 9703, 9659,
    9613,  9563, 9511, 9455, 9397, 9336, 9272, 9205, 9135, 9063, 8988, 8910, 8829, 8746, 8660, 8572,
    8480,  8387, 8290, 8192, 8090, 7986, 7880, 7771, 7660, 7547, 7431, 7314, 7193, 7071, 6947, 6820,
    6691,  6561, 6428, 6293, 6157, 6018, 5878, 5736, 5592, 5446, 5299, 5150, 5000, 4848, 4695, 4540,
    4384,  4226, 4067, 3907, 3746, 3584, 3420, 3256, 3090, 2924, 2756, 2588, 2419, 2250, 2079, 1908,
    1736,  1564, 1392, 1219, 1045, 872,  698,  523,  349,  175,  0};

// The root of a number below 2^52, rounded down. Doubles round to nearest: of one less than a
// square the root is further from the whole number than half the distance of two doubles.
inline int64_t FloorRoot(int64_t square) {
  return static_cast<int64_t>(std::sqrt(static_cast<double>(square)));
}

}  // namespace travel_internal

// The straight line between two places in square metres. Flat-earth projection at the southern
// latitude of the two, with one hundredth of a degree of latitude as 1112 m: good to 1 % within the
// Netherlands. Symmetric.
inline int64_t MetersSquaredBetween(Place a, Place b) {
  using travel_internal::kCosine;
  using travel_internal::kMetersPerCentidegree;
  const int south = std::min(std::abs(a.latitude_centidegrees), std::abs(b.latitude_centidegrees));
  const int64_t north_meters =
      kMetersPerCentidegree * (a.latitude_centidegrees - b.latitude_centidegrees);
  int64_t degrees = std::abs(a.longitude_centidegrees - b.longitude_centidegrees);
  degrees = std::min<int64_t>(degrees, 36'000 - degrees);
  const int64_t east_meters =
      kMetersPerCentidegree * degrees * kCosine[static_cast<size_t>(south) / 100] / 10'000;
  return north_meters * north_meters + east_meters * east_meters;
}

// The same in metres, rounded down.
inline int64_t MetersBetween(Place a, Place b) {
  return travel_internal::FloorRoot(MetersSquaredBetween(a, b));
}

// No place in the rectangle between two corners is nearer to `from` than so many metres.
int64_t MetersAtLeast(Place from, Place south_west, Place north_east);

// Minutes one way for a straight line of so many metres: the fixed time plus the line times the
// detour at the speed of the means, rounded up.
int32_t MinutesFor(const WishesPolicy& policy, TravelMeans means, int64_t meters);

// The longest line that takes at most `minutes`; -1 where no line does. At most kMetersMost.
inline constexpr int64_t kMetersMost = 100'000'000;
int64_t MetersWithin(const WishesPolicy& policy, TravelMeans means, int32_t minutes);

// MinutesFor the line between two places.
int32_t TravelMinutes(const WishesPolicy& policy, TravelMeans means, Place a, Place b);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_TRAVEL_H_
