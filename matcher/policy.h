// The numbers behind a score, as one immutable value. What each does: matcher/README.md.
#ifndef PASSEND_MATCHER_POLICY_H_
#define PASSEND_MATCHER_POLICY_H_

#include <array>
#include <cstdint>

#include "matcher/units.h"

namespace passend::matcher {

// In the order of every array over dimensions.
enum class Dimension : uint8_t { kAbility = 0, kWishes = 1, kPace = 2, kSupport = 3 };
inline constexpr int kDimensions = 4;

using Weights = std::array<BasisPoints, kDimensions>;  // sum kWhole

// How a validation came about, in the order of passend.v1.ValidationMethod.
enum class Method : uint8_t {
  kSelfDeclared = 0,
  kReference = 1,
  kObserved = 2,
  kWorkSample = 3,
  kFormal = 4,
};
inline constexpr int kMethods = 5;

struct MethodCertainty {
  BasisPoints certainty;   // when fresh
  int32_t grace_days;      // before it begins to age
  int32_t half_life_days;  // >= 1
  friend bool operator==(const MethodCertainty&, const MethodCertainty&) = default;
};

// How a person travels, in the order of passend.v1.TravelMeans.
enum class TravelMeans : uint8_t { kWalking = 0, kCycling = 1, kPublicTransport = 2, kCar = 3 };
inline constexpr int kTravelMeans = 4;

struct TravelSpeed {
  int32_t meters_per_minute;  // >= 1
  int32_t minutes_fixed;
  friend bool operator==(const TravelSpeed&, const TravelSpeed&) = default;
};

struct AbilityPolicy {
  BasisPoints certainty_floor = 6'000;
  BasisPoints certainty_full = 9'500;
  BasisPoints learnable_start = 1'000;
  int32_t specificity_exponent = 3;
  BasisPoints under_use = 0;
  int32_t dispute_levels = 2;
  BasisPoints dispute_certainty = 8'000;
  std::array<MethodCertainty, kMethods> methods = {{
      {4'000, 365, 1'460},
      {6'000, 365, 1'095},
      {8'000, 365, 1'095},
      {9'500, 730, 1'460},
      {9'500, 1'825, 3'650},
  }};
  BasisPoints related = 5'000;
  BasisPoints mapping_exact = 10'000;
  BasisPoints mapping_close = 9'000;
  BasisPoints mapping_narrower = 10'000;
  friend bool operator==(const AbilityPolicy&, const AbilityPolicy&) = default;
};

struct WishesPolicy {
  BasisPoints unknown = 5'000;
  BasisPoints unmet = 1'000;
  BasisPoints hours_floor = 7'000;
  BasisPoints schedule_floor = 7'000;
  BasisPoints travel_floor = 8'000;
  int32_t detour_percent = 130;
  std::array<TravelSpeed, kTravelMeans> speeds = {{{80, 0}, {240, 2}, {420, 10}, {700, 5}}};
  friend bool operator==(const WishesPolicy&, const WishesPolicy&) = default;
};

struct PacePolicy {
  BasisPoints unknown = 7'000;
  int32_t tempo_tolerance_percent = 40;
  int32_t stretch_tolerance_minutes = 60;
  int32_t day_tolerance_hours = 3;
  int32_t week_tolerance_days = 2;
  BasisPoints expected_uncertainty = 2'000;
  BasisPoints other_kind_uncertainty = 1'500;
  friend bool operator==(const PacePolicy&, const PacePolicy&) = default;
};

struct SupportPolicy {
  BasisPoints unknown = 7'000;
  BasisPoints unmet = 2'000;
  int32_t guidance_full_percent = 15;
  int32_t guidance_unknown_percent = 15;
  friend bool operator==(const SupportPolicy&, const SupportPolicy&) = default;
};

// The defaults are the shipped policy, policies/1.
struct Policy {
  Weights weights = {3'000, 3'000, 2'000, 2'000};
  Weights weights_min = {0, 1'500, 0, 1'000};
  AbilityPolicy ability;
  WishesPolicy wishes;
  PacePolicy pace;
  SupportPolicy support;
  friend bool operator==(const Policy&, const Policy&) = default;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_POLICY_H_
