// How long a way is, in whole numbers.
#ifndef PASSEND_MATCHER_TRAVEL_H_
#define PASSEND_MATCHER_TRAVEL_H_

#include <cstdint>

#include "matcher/policy.h"

namespace passend::matcher {

// A point on a grid of a hundredth of a degree, WGS 84.
struct Place {
  int32_t latitude_centidegrees;
  int32_t longitude_centidegrees;
  friend bool operator==(const Place&, const Place&) = default;
};

// The straight line between two places, in metres, rounded down. Flat-earth projection at the
// southern latitude of the two, with one hundredth of a degree of latitude as 1112 m: good to 1 %
// within the Netherlands. Symmetric.
int64_t MetersBetween(Place a, Place b);

// The square of the line before it is rounded: MetersBetween is its root, rounded down.
int64_t MetersSquaredBetween(Place a, Place b);

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
