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

// True where a validation is established, unexpired and unrevoked on that day.
inline bool CountsOn(const Validation& one, Day day) {
  return one.validated <= day && (!one.expires || day < *one.expires) &&
         (!one.revoked || day < *one.revoked);
}

// Adds up validations that count on one day to what they come to; in any order.
class Holding {
 public:
  explicit Holding(const AbilityPolicy& policy, Day day) : policy_(policy), day_(day) {}

  // `certainty` must be AgedCertainty.
  void Add(const Validation& one, BasisPoints certainty) {
    if (certainty >= policy_.dispute_certainty) {
      strong_low_ = std::min<int>(strong_low_, one.level);
      strong_high_ = std::max<int>(strong_high_, one.level);
    }
    // The most certain sets the level; the newest wins a tie, then the higher level, so that the
    // order of recording decides nothing.
    const std::tuple rank{certainty, one.validated, static_cast<int>(one.level),
                          static_cast<int>(one.method)};
    if (any_ && rank <= best_) return;
    best_ = rank;
    any_ = true;
  }

  std::optional<HeldLevel> Result() const {
    if (!any_) return std::nullopt;
    const auto& [certainty, validated, level, method] = best_;
    HeldLevel held{level, level, certainty, false, static_cast<Method>(method), day_ - validated};
    if (strong_high_ - strong_low_ >= policy_.dispute_levels) {
      held.disputed = true;
      held.level = strong_low_;
      held.level_high = strong_high_;
    }
    return held;
  }

 private:
  const AbilityPolicy& policy_;
  Day day_;
  bool any_ = false;
  int strong_low_ = kLevelMax + 1;
  int strong_high_ = 0;
  std::tuple<BasisPoints, Day, int, int> best_{};
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_CERTAINTY_H_
