#include "matcher/skill_reach.h"

#include <algorithm>

#include "matcher/ability_fit.h"

namespace passend::matcher {

SkillReach::SkillReach(const ScoringBasis& basis, const ExpansionTable& expansions,
                       const Person& person)
    : basis_(basis),
      expansions_(expansions),
      learnable_start_(StartOf(basis.policy.ability, Requirement{0, 1, 1, true})),
      any_(expansions.concepts() / 64 + 1) {
  const AbilityPolicy& policy = basis.policy.ability;
  for (const PersonSkill& skill : person.skills) {
    const auto held = HoldsOn(policy, skill.validations, basis.as_of);
    if (!held) continue;
    unknown_ = false;
    const BasisPoints worth = Weighed(policy, kWhole, held->certainty);
    for (const ExpansionTable::Use& use : expansions.UsesOf(skill.skill)) {
      reached_.push_back(
          {use.required, Part(int64_t{held->level} * kLevelUnit, use.factor), worth});
      any_[use.required / 64] |= uint64_t{1} << use.required % 64;
    }
  }
  std::sort(reached_.begin(), reached_.end(),
            [](const Reached& a, const Reached& b) { return a.required < b.required; });
}

BasisPoints SkillReach::FitOf(const Requirement& requirement) const {
  BasisPoints fit = requirement.learnable ? learnable_start_ : 0;
  if (!Reaches(requirement.skill)) return fit;
  auto reached =
      std::lower_bound(reached_.begin(), reached_.end(), requirement.skill,
                       [](const Reached& one, ConceptIndex skill) { return one.required < skill; });
  for (; reached != reached_.end() && reached->required == requirement.skill; ++reached) {
    fit = std::max(
        fit, Part(Attain(basis_.policy.ability, requirement, reached->level), reached->worth));
  }
  return fit;
}

AbilityVerdict SkillReach::Judge(std::span<const Requirement> requirements) const {
  if (requirements.empty()) return {kWhole, false, GateCause::kNone};
  int64_t sum = 0;
  int64_t weight_sum = 0;
  bool any_unlearnable = false;
  for (const Requirement& requirement : requirements) {
    const BasisPoints fit = FitOf(requirement);
    any_unlearnable |= !requirement.learnable;
    if (fit == 0 && !unknown_ && !requirement.learnable) {
      return {0, false, GateCause::kSkillMissing};
    }
    const int64_t weight = expansions_.WeightOf(requirement);
    sum += weight * fit;
    weight_sum += weight;
  }
  if (unknown_ && any_unlearnable) return {0, true, GateCause::kNone};
  return {static_cast<BasisPoints>(sum / weight_sum), unknown_, GateCause::kNone};
}

}  // namespace passend::matcher
