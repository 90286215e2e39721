#include "matcher/certainty.h"

#include <algorithm>
#include <tuple>

#include "matcher/log_table.h"

namespace passend::matcher {
namespace {

bool CountsOn(const Validation& validation, Day day) {
  return validation.validated <= day && (!validation.expires || day < *validation.expires) &&
         (!validation.revoked || day < *validation.revoked);
}

}  // namespace

BasisPoints AgedCertainty(const AbilityPolicy& policy, Method method, int32_t age_days) {
  const MethodCertainty& fresh = policy.methods[static_cast<int>(method)];
  if (age_days <= fresh.grace_days) return fresh.certainty;
  const Loss halvings = kHalving * (age_days - fresh.grace_days) / fresh.half_life_days;
  const BasisPoints aged = Part(fresh.certainty, ScoreOf(halvings));
  const BasisPoints least = policy.methods[static_cast<int>(Method::kSelfDeclared)].certainty;
  return std::max(aged, std::min(fresh.certainty, least));
}

std::optional<HeldLevel> HoldsOn(const AbilityPolicy& policy,
                                 std::span<const Validation> validations, Day day) {
  std::optional<HeldLevel> held;
  int strong_low = kLevelMax + 1;
  int strong_high = 0;
  std::tuple<BasisPoints, Day, int, int> best{};
  for (const Validation& validation : validations) {
    if (!CountsOn(validation, day)) continue;
    const BasisPoints certainty =
        AgedCertainty(policy, validation.method, day - validation.validated);
    if (certainty >= policy.dispute_certainty) {
      strong_low = std::min<int>(strong_low, validation.level);
      strong_high = std::max<int>(strong_high, validation.level);
    }
    // The most certain sets the level; the newest wins a tie, then the higher level, so that the
    // order of recording decides nothing.
    const std::tuple rank{certainty, validation.validated, static_cast<int>(validation.level),
                          static_cast<int>(validation.method)};
    if (held && rank <= best) continue;
    best = rank;
    held = HeldLevel{validation.level,  validation.level,          certainty, false,
                     validation.method, day - validation.validated};
  }
  if (held && strong_high - strong_low >= policy.dispute_levels) {
    held->disputed = true;
    held->level = strong_low;
    held->level_high = strong_high;
  }
  return held;
}

}  // namespace passend::matcher
