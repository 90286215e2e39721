#include "matcher/certainty.h"

#include <algorithm>

#include "matcher/log_table.h"

namespace passend::matcher {

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
  Holding holding(policy, day);
  for (const Validation& one : validations) {
    if (CountsOn(one, day))
      holding.Add(one, AgedCertainty(policy, one.method, day - one.validated));
  }
  return holding.Result();
}

}  // namespace passend::matcher
