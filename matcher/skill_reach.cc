#include "matcher/skill_reach.h"

#include <algorithm>

#include "matcher/ability_fit.h"

namespace passend::matcher {

SkillReach::SkillReach(const ScoringBasis& basis, const ExpansionTable& expansions,
                       const Person& person)
    : basis_(basis), any_(expansions.concepts()) {
  for (const PersonSkill& skill : person.skills) {
    const auto held = HoldsOn(basis.policy.ability, skill.validations, basis.as_of);
    if (!held) continue;
    unknown_ = false;
    for (const ExpansionTable::Use& use : expansions.UsesOf(skill.skill)) {
      reached_.push_back(
          {use.required, Part(int64_t{held->level} * kLevelUnit, use.factor), held->certainty});
      any_[use.required] = true;
    }
  }
  std::sort(reached_.begin(), reached_.end(),
            [](const Reached& a, const Reached& b) { return a.required < b.required; });
}

BasisPoints SkillReach::FitOf(const Requirement& requirement) const {
  const AbilityPolicy& policy = basis_.policy.ability;
  BasisPoints fit = StartOf(policy, requirement);
  if (!any_[requirement.skill]) return fit;
  auto reached =
      std::lower_bound(reached_.begin(), reached_.end(), requirement.skill,
                       [](const Reached& one, ConceptIndex skill) { return one.required < skill; });
  for (; reached != reached_.end() && reached->required == requirement.skill; ++reached) {
    fit = std::max(
        fit, Weighed(policy, Attain(policy, requirement, reached->level), reached->certainty));
  }
  return fit;
}

AbilityVerdict SkillReach::Judge(std::span<const Requirement> requirements) const {
  if (requirements.empty()) return {kWhole, false, GateCause::kNone};
  const AbilityPolicy& policy = basis_.policy.ability;
  int64_t sum = 0;
  int64_t weight_sum = 0;
  bool any_unlearnable = false;
  for (const Requirement& requirement : requirements) {
    const BasisPoints fit = FitOf(requirement);
    any_unlearnable |= !requirement.learnable;
    if (fit == 0 && !unknown_ && !requirement.learnable) {
      return {0, false, GateCause::kSkillMissing};
    }
    const int64_t weight =
        RequirementWeight(policy, requirement, basis_.taxonomy->specificity(requirement.skill));
    sum += weight * fit;
    weight_sum += weight;
  }
  if (unknown_ && any_unlearnable) return {0, true, GateCause::kNone};
  return {static_cast<BasisPoints>(sum / weight_sum), unknown_, GateCause::kNone};
}

}  // namespace passend::matcher
