// Wishes: does the person want it, and is it within the person's limits?
#ifndef PASSEND_MATCHER_WISH_FIT_H_
#define PASSEND_MATCHER_WISH_FIT_H_

#include <array>
#include <vector>

#include "matcher/fit.h"

namespace passend::matcher {

// What wishes are a product of, in the order of their topics.
enum class WishFactor : uint8_t { kFeatures, kForms, kHours, kSchedule, kTravel };
inline constexpr int kWishFactors = 5;

struct WishFit {
  std::array<Band, kWishFactors> factors;  // their product is the band
  std::array<bool, kWishFactors> unknown{};
  std::vector<WishTerm> terms;
  std::vector<AmountTerm> limits;  // hours, schedule, travel
  std::vector<Gate> gates;

  Band band() const;
  // The band, were one factor certain.
  Band Settled(WishFactor factor) const;
};

WishFit ScoreWishes(const WishesPolicy& policy, const Work& work, const Person& person);

// The parts of it that the index computes by itself as well.

// Hours a week that the person would take of the work; 0 where the hours do not overlap. The start
// hours where the person's are not known.
int32_t WeeklyHoursTaken(const Work& work, const Wishes& wishes);

// What taking `taken` (>= 1) of the start hours counts.
BasisPoints HoursFactor(const WishesPolicy& policy, const Work& work, int32_t taken);

// What `common` hours (>= 1) count where `taken` are worked.
BasisPoints ScheduleFactor(const WishesPolicy& policy, int32_t common, int32_t taken);

// What a way of `minutes` counts; 0 beyond the limit.
BasisPoints TravelFactor(const WishesPolicy& policy, int32_t minutes, int32_t minutes_max);

// True where distance closes nothing: work from home, or transport on offer unless
// `distance_counts`.
bool DistanceIsNoMatter(const Work& work);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_WISH_FIT_H_
