#include "matcher/query_plan.h"

#include <algorithm>
#include <bit>

#include "matcher/ability_fit.h"
#include "matcher/pace_fit.h"
#include "matcher/support_fit.h"
#include "matcher/wish_fit.h"

namespace passend::matcher {

QueryPlan::QueryPlan(const ScoringBasis& basis, const Work& work)
    : basis_(basis), work_(work), distance_is_no_matter_(DistanceIsNoMatter(work)) {
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
  for (const SupportOffer& offer : work.offers) {
    const SupportLine line = LineOf(offer.solution);
    offered_hundredths_[line] = OfferedHundredths(work, line);
  }
}

Verdict QueryPlan::Judge(const Person& person, Scratch& scratch) const {
  // In the order of the causes, so that the first gate found is the one that counts. "Nothing fits"
  // comes after every other cause.
  const PartVerdict wishes = JudgeWishes(person.wishes);
  if (wishes.cause != GateCause::kNone) return {Outcome::kExcluded, 0, wishes.cause};
  const AbilityVerdict ability = JudgeAbility(person, scratch);
  if (ability.cause != GateCause::kNone) return {Outcome::kExcluded, 0, ability.cause};
  const PartVerdict pace = JudgePaces(person.paces);
  if (pace.cause != GateCause::kNone) return {Outcome::kExcluded, 0, pace.cause};
  const PartVerdict support = JudgeSupport(person);
  if (support.cause != GateCause::kNone) return {Outcome::kExcluded, 0, support.cause};
  if (wishes.score == 0 || support.score == 0 || (ability.score == 0 && !ability.unknown)) {
    return {Outcome::kExcluded, 0, GateCause::kNothingFits};
  }
  const BasisPoints score = Combine(
      basis_.weights, DimensionScores{ability.score, wishes.score, pace.score, support.score});
  return {score == 0 ? Outcome::kToBeAsked : Outcome::kRanked, score, GateCause::kNone};
}

QueryPlan::PartVerdict QueryPlan::JudgeWishes(const Wishes& wishes) const {
  const WishesPolicy& policy = basis_.policy.wishes;
  if (wishes.forms != 0 && (wishes.forms >> work_.form & 1) == 0) {
    return {0, GateCause::kParticipationForm};
  }
  if ((wishes.never & work_.features) != 0) return {0, GateCause::kWishNever};
  const int32_t taken = WeeklyHoursTaken(work_, wishes);
  if (taken == 0) return {0, GateCause::kHours};

  int64_t all = 0;
  int64_t met = 0;
  for (int strength = 1; strength <= kStrengths; ++strength) {
    const FeatureSet wants = wishes.wants[strength - 1];
    const FeatureSet avoids = wishes.avoids[strength - 1];
    all += strength * (std::popcount(wants) + std::popcount(avoids));
    met += strength *
           (std::popcount(wants & work_.features) + std::popcount(avoids & ~work_.features));
  }
  BasisPoints score = all == 0 ? policy.unknown : Between(policy.unmet, met, all);
  score = Part(score, HoursFactor(policy, work_, taken));
  if (!wishes.schedule.empty()) {
    const int32_t common = work_.schedule.empty() ? wishes.schedule.hours()
                                                  : (wishes.schedule & work_.schedule).hours();
    if (common == 0) return {0, GateCause::kSchedule};
    score = Part(score, ScheduleFactor(policy, common, taken));
  }
  if (!distance_is_no_matter_ && wishes.travel && work_.place) {
    const Wishes::Travel& travel = *wishes.travel;
    const BasisPoints factor = TravelFactor(
        policy, TravelMinutes(policy, travel.means, travel.home, *work_.place), travel.minutes_max);
    if (factor == 0) return {0, GateCause::kTravel};
    score = Part(score, factor);
  }
  return {score, GateCause::kNone};
}

QueryPlan::AbilityVerdict QueryPlan::JudgeAbility(const Person& person, Scratch& scratch) const {
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

QueryPlan::PartVerdict QueryPlan::JudgePaces(const std::vector<PersonPace>& paces) const {
  const PacePolicy& policy = basis_.policy.pace;
  BasisPoints weakest = kWhole;
  for (int index = 0; index < kPaceParts; ++index) {
    if (work_.pace[index] == 0) continue;
    const auto part = static_cast<PacePart>(index);
    const PersonPace* pace = TellingPace(paces, work_.kind, part);
    if (pace == nullptr) {
      weakest = std::min(weakest, policy.unknown);
      continue;
    }
    const BasisPoints fit =
        PartFit(pace->amounts[index], work_.pace[index], ToleranceOf(policy, part));
    if (fit == 0) {
      return {0, static_cast<GateCause>(static_cast<int>(GateCause::kTempo) + index)};
    }
    weakest = std::min(weakest, fit);
  }
  return {weakest, GateCause::kNone};
}

QueryPlan::PartVerdict QueryPlan::JudgeSupport(const Person& person) const {
  if (!person.support_known) return {basis_.policy.support.unknown, GateCause::kNone};
  return JudgeNeeds(person.needs);
}

QueryPlan::PartVerdict QueryPlan::JudgeNeeds(std::span<const SupportNeed> needs) const {
  const SupportPolicy& policy = basis_.policy.support;
  std::array<int32_t, 64> needed{};
  for (const SupportNeed& need : needs) {
    const int32_t left = std::max(0, NeededPercent(policy, need) - need.brought_percent);
    if (left == 0) continue;
    const SupportLine line = LineOf(need.solution);
    if (need.essential && offered_hundredths_[line] == 0) return {0, GateCause::kSupportMissing};
    needed[line] += left;
  }
  int64_t weight_sum = 0;
  int64_t met_sum = 0;
  for (SupportLine line = 0; line < needed.size(); ++line) {
    if (needed[line] == 0) continue;
    const int64_t needed_hundredths = int64_t{needed[line]} * 100;
    const int64_t weight = LineWeight(policy, line, needed[line]);
    const int64_t met = std::min<int64_t>(offered_hundredths_[line], needed_hundredths);
    weight_sum += weight;
    met_sum += weight * (met * kWhole / needed_hundredths);
  }
  if (weight_sum == 0) return {kWhole, GateCause::kNone};
  return {Between(policy.unmet, met_sum, weight_sum * kWhole), GateCause::kNone};
}

}  // namespace passend::matcher
