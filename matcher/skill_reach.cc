#include "matcher/skill_reach.h"

#include <algorithm>

#include "matcher/ability_fit.h"

namespace passend::matcher {

SkillReach::SkillReach(const ScoringBasis& basis, const ExpansionTable& expansions,
                       const Person& person)
    : basis_(basis),
      learnable_start_(StartOf(basis.policy.ability, Requirement{0, 1, 1, true})),
      asked_(expansions.concepts()) {
  const AbilityPolicy& policy = basis.policy.ability;
  for (const PersonSkill& skill : person.skills) {
    const auto held = HoldsOn(policy, skill.validations, basis.as_of);
    if (!held) continue;
    unknown_ = false;
    const BasisPoints worth = Weighed(policy, kWhole, held->certainty);
    for (const ExpansionTable::Use& use : expansions.UsesOf(skill.skill)) {
      reached_.push_back(
          {use.required, Part(int64_t{held->level} * kLevelUnit, use.factor), worth});
    }
  }
  std::sort(reached_.begin(), reached_.end(),
            [](const Reached& a, const Reached& b) { return a.required < b.required; });
  for (size_t place = reached_.size(); place > 0; --place) {
    asked_[reached_[place - 1].required].place = static_cast<uint32_t>(place);
  }
  for (size_t skill = 0; skill < asked_.size(); ++skill) {
    asked_[skill].weight = expansions.weights()[skill];
  }
  fits_.assign(reached_.size() * kFitsPerPlace, -1);
}

BasisPoints SkillReach::FitOf(const Requirement& requirement, uint32_t place) {
  if (place == 0) return requirement.learnable ? learnable_start_ : 0;
  int16_t& fit = fits_[(place - 1) * kFitsPerPlace +
                       static_cast<size_t>(requirement.level - 1) * 2 + requirement.learnable];
  if (fit < 0) fit = static_cast<int16_t>(BestFit(requirement, place - 1));
  return fit;
}

BasisPoints SkillReach::BestFit(const Requirement& requirement, size_t first) const {
  BasisPoints fit = requirement.learnable ? learnable_start_ : 0;
  for (size_t place = first;
       place < reached_.size() && reached_[place].required == requirement.skill; ++place) {
    const Reached& reached = reached_[place];
    fit = std::max(fit,
                   Part(Attain(basis_.policy.ability, requirement, reached.level), reached.worth));
  }
  return fit;
}

AbilityVerdict SkillReach::Judge(std::span<const Requirement> requirements) {
  if (requirements.empty()) return {kWhole, false, GateCause::kNone};
  int64_t sum = 0;
  int64_t weight_sum = 0;
  bool any_unlearnable = false;
  for (const Requirement& requirement : requirements) {
    const Asked& asked = asked_[requirement.skill];
    const BasisPoints fit = FitOf(requirement, asked.place);
    any_unlearnable |= !requirement.learnable;
    if (fit == 0 && !unknown_ && !requirement.learnable) {
      return {0, false, GateCause::kSkillMissing};
    }
    const int64_t weight = requirement.importance * int64_t{asked.weight};
    sum += weight * fit;
    weight_sum += weight;
  }
  if (unknown_ && any_unlearnable) return {0, true, GateCause::kNone};
  return {static_cast<BasisPoints>(sum / weight_sum), unknown_, GateCause::kNone};
}

}  // namespace passend::matcher
