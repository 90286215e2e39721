#include "matcher/way_minutes.h"

#include <array>

// Compiled once for each instruction set that is worth it; the best that the processor has is
// chosen when it runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "matcher/way_minutes.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace passend::matcher {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::CappedTag<double, 8>;
using Numbers = hn::Rebind<int32_t, Doubles>;

// The lines from homes to a place, in whole metres: MetersBetween.
class Lines {
 public:
  explicit Lines(Place to) : to_(to) {}

  HWY_INLINE hn::Vec<Doubles> Meters(hn::Vec<Numbers> latitudes,
                                     hn::Vec<Numbers> longitudes) const {
    const Doubles doubles;
    const Numbers numbers;
    const auto north = hn::Mul(
        hn::PromoteTo(doubles, hn::Sub(hn::Set(numbers, to_.latitude_centidegrees), latitudes)),
        hn::Set(doubles, double{travel_internal::kMetersPerCentidegree}));
    const auto apart = hn::Abs(hn::Sub(hn::Set(numbers, to_.longitude_centidegrees), longitudes));
    const auto degrees = hn::Min(apart, hn::Sub(hn::Set(numbers, 36'000), apart));
    // Whole, below 2^38: the quotient rounds to no other whole number.
    const auto east = hn::Floor(
        hn::Div(hn::Mul(hn::Mul(hn::PromoteTo(doubles, degrees),
                                hn::Set(doubles, double{travel_internal::kMetersPerCentidegree})),
                        hn::PromoteTo(doubles, Cosine(latitudes))),
                hn::Set(doubles, 10'000.0)));
    return hn::Floor(hn::Sqrt(hn::Add(hn::Mul(north, north), hn::Mul(east, east))));
  }

 private:
  // Of the southern latitude of the two.
  HWY_INLINE hn::Vec<Numbers> Cosine(hn::Vec<Numbers> latitudes) const {
    const Numbers numbers;
    const auto south =
        hn::Min(hn::Abs(latitudes), hn::Abs(hn::Set(numbers, to_.latitude_centidegrees)));
    // A hundredth, exact up to 43,690.
    const auto degree = hn::ShiftRight<19>(hn::Mul(south, hn::Set(numbers, 5'243)));
    return hn::GatherIndex(numbers, travel_internal::kCosine.data(), degree);
  }

  const Place to_;
};

void FindMeters(Place to, const Homes& homes, std::vector<double>& meters) {
  const Doubles doubles;
  const Numbers numbers;
  const size_t lanes = hn::Lanes(doubles);
  const Lines lines(to);
  meters.resize(homes.size());
  size_t home = 0;
  for (; home + lanes <= homes.size(); home += lanes) {
    hn::StoreU(lines.Meters(hn::LoadU(numbers, homes.latitudes() + home),
                            hn::LoadU(numbers, homes.longitudes() + home)),
               doubles, &meters[home]);
  }
  for (; home < homes.size(); ++home) {
    meters[home] = static_cast<double>(MetersBetween(homes[home], to));
  }
}

void FindWayMinutesHere(const WishesPolicy& policy, Place to, const Homes& homes,
                        std::span<const HomeMeans> ways, WayScratch& scratch) {
  const Doubles doubles;
  const hn::RebindToSigned<Doubles> indexes;
  const hn::Rebind<uint32_t, Doubles> packed;
  const Numbers numbers;
  const size_t lanes = hn::Lanes(doubles);
  FindMeters(to, homes, scratch.meters);
  std::array<double, kTravelMeans> per_minute;
  std::array<int32_t, kTravelMeans> fixed;
  for (size_t means = 0; means < kTravelMeans; ++means) {
    per_minute[means] = 100.0 * policy.speeds[means].meters_per_minute;
    fixed[means] = policy.speeds[means].minutes_fixed;
  }
  const auto detour = hn::Set(doubles, static_cast<double>(policy.detour_percent));
  scratch.minutes.resize(ways.size());
  size_t way = 0;
  for (; way + lanes <= ways.size(); way += lanes) {
    const auto bits = hn::LoadU(packed, reinterpret_cast<const uint32_t*>(&ways[way]));
    const auto home = hn::BitCast(numbers, hn::And(bits, hn::Set(packed, HomeMeans::kHomeMask)));
    const auto means = hn::BitCast(numbers, hn::ShiftRight<HomeMeans::kMeansShift>(bits));
    const auto meters =
        hn::GatherIndex(doubles, scratch.meters.data(), hn::PromoteTo(indexes, home));
    const auto speed = hn::GatherIndex(doubles, per_minute.data(), hn::PromoteTo(indexes, means));
    const auto up = hn::Sub(speed, hn::Set(doubles, 1.0));
    const auto moving = hn::Floor(hn::Div(hn::Add(hn::Mul(meters, detour), up), speed));
    const auto minutes =
        hn::Add(hn::GatherIndex(numbers, fixed.data(), means), hn::DemoteTo(numbers, moving));
    hn::StoreU(minutes, numbers, &scratch.minutes[way]);
  }
  for (; way < ways.size(); ++way) {
    scratch.minutes[way] = MinutesFor(policy, ways[way].means(),
                                      static_cast<int64_t>(scratch.meters[ways[way].home()]));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace passend::matcher
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace passend::matcher {

HWY_EXPORT(FindWayMinutesHere);

void FindWayMinutes(const WishesPolicy& policy, Place to, const Homes& homes,
                    std::span<const HomeMeans> ways, WayScratch& scratch) {
  HWY_DYNAMIC_DISPATCH(FindWayMinutesHere)(policy, to, homes, ways, scratch);
}

}  // namespace passend::matcher
#endif
