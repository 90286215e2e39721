#include "matcher/people_query.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "matcher/ability_fit.h"
#include "matcher/pace_fit.h"
#include "matcher/wish_fit.h"

namespace passend::matcher {
namespace {

Attainment AttainmentAt(const AbilityPolicy& policy, const Requirement& requirement,
                        BasisPoints factor) {
  Attainment attainment{factor, 0, {}, {}, 0, true};
  for (size_t level = 1; level <= kLevelMax; ++level) {
    const BasisPoints attain =
        Attain(policy, requirement, Part(static_cast<int64_t>(level) * kLevelUnit, factor));
    attainment.by_level[level] = attain;
    attainment.most = std::max(attainment.most, attain);
    attainment.counts_at_any_age &= (attain > 0) == (Weighed(policy, attain, 0) > 0);
    for (size_t method = 0; method < kMethods; ++method) {
      const size_t code = method * kLevelMax + level - 1;
      attainment.by_code[code] = attain;
      attainment.counting_codes |= uint32_t{attain > 0} << code;
    }
  }
  return attainment;
}

SkillQuery CompileSkill(const AbilityPolicy& policy, const Taxonomy& taxonomy,
                        const ExpansionTable& expansions, const Requirement& requirement) {
  SkillQuery skill{RequirementWeight(policy, requirement, taxonomy.specificity(requirement.skill)),
                   StartOf(policy, requirement),
                   requirement.learnable,
                   {},
                   {}};
  const auto counting = expansions.Expand(requirement.skill);
  skill.sources.reserve(counting.size());
  for (const Expansion& expansion : counting) {
    auto known = std::find_if(skill.attainments.begin(), skill.attainments.end(),
                              [&](const auto& one) { return one.factor == expansion.factor; });
    if (known == skill.attainments.end()) {
      skill.attainments.push_back(AttainmentAt(policy, requirement, expansion.factor));
      known = skill.attainments.end() - 1;
    }
    skill.sources.push_back(
        {expansion.held, static_cast<uint32_t>(known - skill.attainments.begin())});
  }
  return skill;
}

// The least score that loses no more than `loss_max` at this weight.
BasisPoints LeastScore(Loss loss_max, BasisPoints weight) {
  if (weight == 0) return 1;
  return ScoreOf(loss_max / weight + 1) + 1;
}

// The least amount whose fit is at least `fit`; 1 or more.
int32_t LeastAmount(int32_t asked, int32_t tolerance, BasisPoints fit) {
  int32_t low = std::max(1, asked - tolerance);
  int32_t high = std::max(1, asked);
  while (low < high) {
    const int32_t middle = low + (high - low) / 2;
    if (PartFit(middle, asked, tolerance) >= fit) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

PeopleQuery::PeopleQuery(const ScoringBasis& basis, const Work& work,
                         const ExpansionTable& expansions,
                         std::shared_ptr<const AgeingTable> ageing)
    : basis_(basis),
      work_(work),
      offered_hundredths_(OffersOf(work)),
      ageing_(std::move(ageing)),
      distance_matters_(!DistanceIsNoMatter(work) && work.place.has_value()),
      least_hours_(work.shared_weekly_hours_min == 0 ? work.start_weekly_hours
                                                     : work.shared_weekly_hours_min),
      others_may_be_zero_(
          OthersMayBeZero(basis.policy, std::any_of(work.pace.begin(), work.pace.end(),
                                                    [](int32_t asked) { return asked != 0; }))) {
  for (const Requirement& requirement : work.requirements) {
    skills_.push_back(CompileSkill(basis.policy.ability, *basis.taxonomy, expansions, requirement));
    const SkillQuery& skill = skills_.back();
    weight_sum_ += skill.weight;
    start_sum_ += skill.weight * skill.start;
    any_unlearnable_ |= !skill.learnable;
    ability_may_be_zero_ |= skill.learnable && skill.start == 0;
  }
  for (size_t kind = 0; kind < kind_distances_.size(); ++kind) {
    kind_distances_[kind] =
        static_cast<uint8_t>(DistanceBetween(static_cast<WorkKind>(kind), work.kind));
  }
  for (size_t part = 0; part < kPaceParts; ++part) {
    if (work.pace[part] == 0) continue;
    pace_parts_.push_back(part);
    const int32_t tolerance = ToleranceOf(basis.policy.pace, static_cast<PacePart>(part));
    pace_open_[part] = LeastAmount(work.pace[part], tolerance, 1);
  }
  for (FeatureSet set = work.features; set != 0; set &= set - 1) {
    features_.push_back(std::countr_zero(set));
    if ((work.closing_nothing & set & -set) == 0) closing_features_.push_back(features_.back());
  }
}

LeastNeeded PeopleQuery::LeastFor(BasisPoints score) const {
  LeastNeeded least{};
  const Weights& weights = basis_.weights;
  least.loss_max = LossMaxFor(score);
  least.ability = LeastScore(least.loss_max, weights[static_cast<int>(Dimension::kAbility)]);
  least.wishes = LeastScore(least.loss_max, weights[static_cast<int>(Dimension::kWishes)]);
  least.pace = LeastScore(least.loss_max, weights[static_cast<int>(Dimension::kPace)]);
  least.support = LeastScore(least.loss_max, weights[static_cast<int>(Dimension::kSupport)]);
  least.weekly_hours = 1;
  while (least.weekly_hours < work_.start_weekly_hours &&
         HoursFactor(policy().wishes, work_, least.weekly_hours) < least.wishes) {
    ++least.weekly_hours;
  }
  for (size_t part = 0; part < kPaceParts; ++part) {
    if (work_.pace[part] == 0) continue;
    least.paces[part] = LeastAmount(
        work_.pace[part], ToleranceOf(policy().pace, static_cast<PacePart>(part)), least.pace);
  }
  return least;
}

}  // namespace passend::matcher
