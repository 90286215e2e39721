// From validations to what a person holds: the level that counts, and how certain it is.
#ifndef PASSEND_MATCHER_CERTAINTY_H_
#define PASSEND_MATCHER_CERTAINTY_H_

#include <algorithm>
#include <optional>
#include <span>
#include <tuple>

#include "matcher/policy.h"
#include "matcher/units.h"

namespace passend::matcher {

// One statement about one skill.
struct Validation {
  Method method;
  int8_t level;                // 1-5
  Day validated;               // when it was established
  std::optional<Day> expires;  // no longer counts from this day on
  std::optional<Day> revoked;  // no longer counts from this day on
  friend bool operator==(const Validation&, const Validation&) = default;
};

// What the validations of one skill come to on a day.
struct HeldLevel {
  int level;  // 1-5
  // The higher of two levels in dispute; `level` where nothing is disputed.
  int level_high;
  BasisPoints certainty;
  bool disputed;
  Method method;  // of the validation that sets the level
  int32_t age_days;
  friend bool operator==(const HeldLevel&, const HeldLevel&) = default;
};

// The certainty of a method `age_days` (>= 0) after the validation: as when fresh during the grace
// period, then halved every half-life, never below that of a fresh self-declaration (or its own,
// where that is lower).
BasisPoints AgedCertainty(const AbilityPolicy& policy, Method method, int32_t age_days);

// Nullopt when no validation counts on that day: none established on it or before, unexpired and
// unrevoked. The order of `validations` does not matter.
std::optional<HeldLevel> HoldsOn(const AbilityPolicy& policy,
                                 std::span<const Validation> validations, Day day);

// The same with certainties from elsewhere: `certainty_of(method, age_days)` must be AgedCertainty.
template <typename CertaintyOf>
std::optional<HeldLevel> HoldsOnBy(const AbilityPolicy& policy,
                                   std::span<const Validation> validations, Day day,
                                   const CertaintyOf& certainty_of) {
  std::optional<HeldLevel> held;
  int strong_low = kLevelMax + 1;
  int strong_high = 0;
  std::tuple<BasisPoints, Day, int, int> best{};
  for (const Validation& one : validations) {
    const bool counts = one.validated <= day && (!one.expires || day < *one.expires) &&
                        (!one.revoked || day < *one.revoked);
    if (!counts) continue;
    const BasisPoints certainty = certainty_of(one.method, day - one.validated);
    if (certainty >= policy.dispute_certainty) {
      strong_low = std::min<int>(strong_low, one.level);
      strong_high = std::max<int>(strong_high, one.level);
    }
    // The most certain sets the level; the newest wins a tie, then the higher level, so that the
    // order of recording decides nothing.
    const std::tuple rank{certainty, one.validated, static_cast<int>(one.level),
                          static_cast<int>(one.method)};
    if (held && rank <= best) continue;
    best = rank;
    held = HeldLevel{one.level, one.level, certainty, false, one.method, day - one.validated};
  }
  if (held && strong_high - strong_low >= policy.dispute_levels) {
    held->disputed = true;
    held->level = strong_low;
    held->level_high = strong_high;
  }
  return held;
}

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_CERTAINTY_H_
