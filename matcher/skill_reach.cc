#include "matcher/skill_reach.h"

#include <algorithm>

#include "matcher/ability_fit.h"

namespace passend::matcher {

ReverseExpansions::ReverseExpansions(const Taxonomy& taxonomy, const AbilityPolicy& policy)
    : policy_(policy), starts_(taxonomy.size() + 1) {
  std::vector<std::pair<ConceptIndex, Use>> all;
  for (ConceptIndex required = 0; required < taxonomy.size(); ++required) {
    for (const Expansion& expansion : taxonomy.Expand(required, policy)) {
      all.push_back({expansion.held, {required, expansion.factor}});
      ++starts_[expansion.held + 1];
    }
  }
  for (size_t held = 0; held < taxonomy.size(); ++held) starts_[held + 1] += starts_[held];
  uses_.resize(all.size());
  std::vector<uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (const auto& [held, use] : all) uses_[next[held]++] = use;
}

bool ReverseExpansions::ServesFor(const AbilityPolicy& policy) const {
  return policy.related == policy_.related && policy.mapping_exact == policy_.mapping_exact &&
         policy.mapping_close == policy_.mapping_close &&
         policy.mapping_narrower == policy_.mapping_narrower;
}

SkillReach::SkillReach(const ScoringBasis& basis, const ReverseExpansions& reverse,
                       const Person& person)
    : basis_(basis), any_(reverse.concepts()) {
  for (const PersonSkill& skill : person.skills) {
    const auto held = HoldsOn(basis.policy.ability, skill.validations, basis.as_of);
    if (!held) continue;
    unknown_ = false;
    for (const ReverseExpansions::Use& use : reverse.UsesOf(skill.skill)) {
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
