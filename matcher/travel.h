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

// Minutes one way: the fixed time plus the straight line times the detour at the speed of the
// means, rounded up.
int32_t TravelMinutes(const WishesPolicy& policy, TravelMeans means, Place a, Place b);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_TRAVEL_H_
