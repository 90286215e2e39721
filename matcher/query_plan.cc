#include "matcher/query_plan.h"

#include <algorithm>

#include "matcher/ability_fit.h"
#include "matcher/wish_fit.h"

namespace passend::matcher {

QueryPlan::QueryPlan(const ScoringBasis& basis, const Work& work)
    : basis_(basis),
      work_(work),
      distance_is_no_matter_(DistanceIsNoMatter(work)),
      offered_hundredths_(OffersOf(work)) {
  const AbilityPolicy& policy = basis.policy.ability;
  for (uint32_t place = 0; place < work.requirements.size(); ++place) {
    const Requirement& requirement = work.requirements[place];
    for (const Expansion& expansion : basis.taxonomy->Expand(requirement.skill, policy)) {
      uses_[expansion.held].push_back({place, expansion.factor});
    }
    weights_.push_back(
        RequirementWeight(policy, requirement, basis.taxonomy->specificity(requirement.skill)));
    starts_.push_back(StartOf(policy, requirement));
    weight_sum_ += weights_.back();
    any_unlearnable_ |= !requirement.learnable;
  }
}

Verdict QueryPlan::Judge(const Person& person, Scratch& scratch) const {
  // In the order of the causes, so that the first gate found is the one that counts. "Nothing fits"
  // comes after every other cause.
  const Policy& policy = basis_.policy;
  const PartVerdict wishes =
      matcher::JudgeWishes(policy.wishes, work_, distance_is_no_matter_, person.wishes);
  if (wishes.cause != GateCause::kNone) return {Outcome::kExcluded, 0, wishes.cause};
  const AbilityVerdict ability = JudgeAbility(person, scratch);
  if (ability.cause != GateCause::kNone) return {Outcome::kExcluded, 0, ability.cause};
  const PartVerdict pace = JudgePaces(person.paces);
  if (pace.cause != GateCause::kNone) return {Outcome::kExcluded, 0, pace.cause};
  PartVerdict support{policy.support.unknown, GateCause::kNone};
  if (person.support_known) support = JudgeNeeds(person.needs);
  if (support.cause != GateCause::kNone) return {Outcome::kExcluded, 0, support.cause};
  return JudgeWhole(basis_.weights, ability, wishes.score, pace.score, support.score);
}

AbilityVerdict QueryPlan::JudgeAbility(const Person& person, Scratch& scratch) const {
  if (work_.requirements.empty()) return {kWhole, false, GateCause::kNone};
  const AbilityPolicy& policy = basis_.policy.ability;
  scratch.fits = starts_;
  bool unknown = true;
  for (const PersonSkill& skill : person.skills) {
    const auto uses = uses_.find(skill.skill);
    if (uses == uses_.end() && !unknown) continue;
    const auto held = HoldsOn(policy, skill.validations, basis_.as_of);
    if (!held) continue;
    unknown = false;
    if (uses == uses_.end()) continue;
    for (const Use& use : uses->second) {
      const LevelHundredths level = Part(int64_t{held->level} * kLevelUnit, use.factor);
      const BasisPoints attain = Attain(policy, work_.requirements[use.requirement], level);
      BasisPoints& fit = scratch.fits[use.requirement];
      fit = std::max(fit, Weighed(policy, attain, held->certainty));
    }
  }
  int64_t sum = 0;
  for (size_t place = 0; place < scratch.fits.size(); ++place) {
    const BasisPoints fit = scratch.fits[place];
    if (fit == 0 && !unknown && !work_.requirements[place].learnable) {
      return {0, false, GateCause::kSkillMissing};
    }
    sum += weights_[place] * fit;
  }
  if (unknown && any_unlearnable_) return {0, true, GateCause::kNone};
  return {static_cast<BasisPoints>(sum / weight_sum_), unknown, GateCause::kNone};
}

PartVerdict QueryPlan::JudgePaces(std::span<const PersonPace> paces) const {
  return matcher::JudgePaces(basis_.policy.pace, work_, paces);
}

PartVerdict QueryPlan::JudgeNeeds(std::span<const SupportNeed> needs) const {
  return matcher::JudgeNeeds(basis_.policy.support, offered_hundredths_, needs);
}

}  // namespace passend::matcher
