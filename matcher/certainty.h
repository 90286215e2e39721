// From validations to what a person holds: the level that counts, and how certain it is.
#ifndef PASSEND_MATCHER_CERTAINTY_H_
#define PASSEND_MATCHER_CERTAINTY_H_

#include <optional>
#include <span>

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

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_CERTAINTY_H_
