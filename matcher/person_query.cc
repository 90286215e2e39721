#include "matcher/person_query.h"

#include <algorithm>

#include "matcher/pace_fit.h"
#include "matcher/support_fit.h"
#include "matcher/wish_fit.h"

namespace passend::matcher {

PersonQuery::PersonQuery(const ScoringBasis& basis, const ExpansionTable& expansions,
                         const Person& person)
    : basis_(basis),
      person_(person),
      reach_(basis, expansions, person),
      any_may_be_zero_(AbilityMayBeZero(basis.policy.ability) ||
                       OthersMayBeZero(basis.policy, /*pace_asked=*/true)) {
  if (person.wishes.travel) {
    const int64_t meters = MetersWithin(basis.policy.wishes, person.wishes.travel->means,
                                        person.wishes.travel->minutes_max);
    reach_meters_squared_ = (meters + 1) * (meters + 1);
  }
  FindNeeds();
}

void PersonQuery::FindNeeds() {
  const SupportPolicy& policy = basis_.policy.support;
  std::array<int32_t, kSupportLines> needed{};
  for (const SupportNeed& need : person_.needs) {
    const int32_t left = std::max(0, NeededPercent(policy, need) - need.brought_percent);
    if (left == 0) continue;
    const SupportLine line = LineOf(need.solution);
    needed[line] += left;
    if (need.essential) essential_lines_ |= uint64_t{1} << line;
  }
  for (SupportLine line = 0; line < kSupportLines; ++line) {
    if (needed[line] == 0) continue;
    needs_.push_back({line, LineWeight(policy, line, needed[line]), int64_t{needed[line]} * 100});
    need_weight_ += needs_.back().weight;
  }
}

const PaceAmounts& PersonQuery::AmountsAt(WorkKind kind) {
  std::optional<PaceAmounts>& amounts = amounts_[kind];
  if (!amounts) {
    amounts.emplace();
    for (size_t part = 0; part < kPaceParts; ++part) {
      const PersonPace* pace = TellingPace(person_.paces, kind, static_cast<PacePart>(part));
      (*amounts)[part] = pace == nullptr ? 0 : pace->amounts[part];
    }
  }
  return *amounts;
}

PartVerdict PersonQuery::JudgePace(const WorkFacts& facts) {
  const PacePolicy& policy = basis_.policy.pace;
  const PaceAmounts& amounts = AmountsAt(facts.kind);
  BasisPoints weakest = kWhole;
  for (size_t part = 0; part < kPaceParts; ++part) {
    if (facts.pace[part] == 0) continue;
    if (amounts[part] == 0) {
      weakest = std::min(weakest, policy.unknown);
      continue;
    }
    const BasisPoints fit =
        PartFit(amounts[part], facts.pace[part], ToleranceOf(policy, static_cast<PacePart>(part)));
    if (fit == 0) {
      return {0, static_cast<GateCause>(static_cast<size_t>(GateCause::kTempo) + part)};
    }
    weakest = std::min(weakest, fit);
  }
  return {weakest, GateCause::kNone};
}

BasisPoints PersonQuery::SupportOf(const WorkFacts& facts,
                                   const OfferedByLine& offered_hundredths) const {
  const SupportPolicy& policy = basis_.policy.support;
  if (!person_.support_known) return policy.unknown;
  if (need_weight_ == 0) return kWhole;
  int64_t met_sum = 0;
  for (const NeededLine& need : needs_) {
    if ((facts.offered_lines >> need.line & 1) == 0) continue;
    const int64_t met = std::min<int64_t>(offered_hundredths[need.line], need.needed_hundredths);
    met_sum += need.weight * (met * kWhole / need.needed_hundredths);
  }
  return Between(policy.unmet, met_sum, need_weight_ * kWhole);
}

std::optional<Verdict> PersonQuery::Judge(const Shelf& shelf, size_t place, Loss loss_max) {
  const Policy& policy = basis_.policy;
  const WorkFacts& facts = shelf.facts[place];
  const AbilityVerdict ability = reach_.Judge(shelf.RequirementsOf(place));
  if (ability.cause != GateCause::kNone) return Verdict{Outcome::kExcluded, 0, ability.cause};
  const PartVerdict pace = JudgePace(facts);
  if (pace.cause != GateCause::kNone) return Verdict{Outcome::kExcluded, 0, pace.cause};
  if ((essential_lines_ & ~facts.offered_lines) != 0) {
    return Verdict{Outcome::kExcluded, 0, GateCause::kSupportMissing};
  }
  // Nothing else can close it; where no ability can be told it is to be asked.
  if (!any_may_be_zero_ && ability.score == 0) return Verdict{Outcome::kToBeAsked, 0, {}};
  Loss loss = 0;
  const auto beyond = [&](Dimension dimension, BasisPoints score) {
    loss += basis_.weights[static_cast<size_t>(dimension)] * LossOf(score);
    return loss > loss_max;
  };
  const bool ranked = !any_may_be_zero_;
  if (ranked &&
      (beyond(Dimension::kAbility, ability.score) || beyond(Dimension::kPace, pace.score)))
    return std::nullopt;
  const ShelvedWork& shelved = *shelf.works[place];
  const BasisPoints support = SupportOf(facts, shelved.offered_hundredths);
  if (ranked && beyond(Dimension::kSupport, support)) return std::nullopt;
  const PartVerdict wishes = JudgeWishes(policy.wishes, shelved.work,
                                         !shelf.gates.distance_matters(place), person_.wishes);
  return JudgeWhole(basis_.weights, ability, wishes.score, pace.score, support);
}

}  // namespace passend::matcher
