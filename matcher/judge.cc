#include "matcher/judge.h"

#include <algorithm>
#include <bit>

#include "matcher/ability_fit.h"
#include "matcher/pace_fit.h"
#include "matcher/support_fit.h"
#include "matcher/wish_fit.h"

namespace passend::matcher {

void Count(const Verdict& verdict, PoolCounts& counts) {
  ++counts.considered;
  counts.ranked += verdict.outcome == Outcome::kRanked;
  counts.to_be_asked += verdict.outcome == Outcome::kToBeAsked;
  if (verdict.outcome == Outcome::kExcluded) {
    ++counts.excluded[static_cast<size_t>(verdict.first_cause)];
  }
}

OfferedByLine OffersOf(const Work& work) {
  OfferedByLine offered{};
  for (const SupportOffer& offer : work.offers) {
    const SupportLine line = LineOf(offer.solution);
    offered[line] = OfferedHundredths(work, line);
  }
  return offered;
}

PartVerdict JudgeWishes(const WishesPolicy& policy, const Work& work, bool distance_is_no_matter,
                        const Wishes& wishes) {
  if (wishes.forms != 0 && (wishes.forms >> work.form & 1) == 0) {
    return {0, GateCause::kParticipationForm};
  }
  if ((wishes.never & work.features & ~work.closing_nothing) != 0) {
    return {0, GateCause::kWishNever};
  }
  const int32_t taken = WeeklyHoursTaken(work, wishes);
  if (taken == 0) return {0, GateCause::kHours};

  int64_t all = 0;
  int64_t met = 0;
  for (int strength = 1; strength <= kStrengths; ++strength) {
    const FeatureSet wants = wishes.wants[strength - 1];
    const FeatureSet avoids = wishes.avoids[strength - 1];
    all += strength * (std::popcount(wants) + std::popcount(avoids));
    met +=
        strength * (std::popcount(wants & work.features) + std::popcount(avoids & ~work.features));
  }
  BasisPoints score = all == 0 ? policy.unknown : Between(policy.unmet, met, all);
  score = Part(score, HoursFactor(policy, work, taken));
  if (!wishes.schedule.empty()) {
    const int32_t common =
        work.schedule.empty() ? wishes.schedule.hours() : (wishes.schedule & work.schedule).hours();
    if (common == 0) return {0, GateCause::kSchedule};
    score = Part(score, ScheduleFactor(policy, common, taken));
  }
  if (!distance_is_no_matter && wishes.travel && work.place) {
    const Wishes::Travel& travel = *wishes.travel;
    const BasisPoints factor = TravelFactor(
        policy, TravelMinutes(policy, travel.means, travel.home, *work.place), travel.minutes_max);
    if (factor == 0) return {0, GateCause::kTravel};
    score = Part(score, factor);
  }
  return {score, GateCause::kNone};
}

PartVerdict JudgePaces(const PacePolicy& policy, const Work& work,
                       std::span<const PersonPace> paces) {
  BasisPoints weakest = kWhole;
  for (int index = 0; index < kPaceParts; ++index) {
    if (work.pace[index] == 0) continue;
    const auto part = static_cast<PacePart>(index);
    const PersonPace* pace = TellingPace(paces, work.kind, part);
    if (pace == nullptr) {
      weakest = std::min(weakest, policy.unknown);
      continue;
    }
    const BasisPoints fit =
        PartFit(pace->amounts[index], work.pace[index], ToleranceOf(policy, part));
    if (fit == 0) {
      return {0, static_cast<GateCause>(static_cast<int>(GateCause::kTempo) + index)};
    }
    weakest = std::min(weakest, fit);
  }
  return {weakest, GateCause::kNone};
}

PartVerdict JudgeNeeds(const SupportPolicy& policy, const OfferedByLine& offered_hundredths,
                       std::span<const SupportNeed> needs) {
  // Lines that are needed, in the order in which they come: mostly one or two.
  std::array<SupportLine, kSupportLines> lines;
  std::array<int32_t, kSupportLines> needed;
  size_t count = 0;
  for (const SupportNeed& need : needs) {
    const int32_t left = std::max(0, NeededPercent(policy, need) - need.brought_percent);
    if (left == 0) continue;
    const SupportLine line = LineOf(need.solution);
    if (need.essential && offered_hundredths[line] == 0) return {0, GateCause::kSupportMissing};
    const size_t place = static_cast<size_t>(
        std::find(lines.begin(), lines.begin() + static_cast<ptrdiff_t>(count), line) -
        lines.begin());
    if (place == count) {
      lines[count] = line;
      needed[count++] = 0;
    }
    needed[place] += left;
  }
  int64_t weight_sum = 0;
  int64_t met_sum = 0;
  for (size_t place = 0; place < count; ++place) {
    const int64_t needed_hundredths = int64_t{needed[place]} * 100;
    const int64_t weight = LineWeight(policy, lines[place], needed[place]);
    const int64_t met = std::min<int64_t>(offered_hundredths[lines[place]], needed_hundredths);
    weight_sum += weight;
    met_sum += weight * (met * kWhole / needed_hundredths);
  }
  if (weight_sum == 0) return {kWhole, GateCause::kNone};
  return {Between(policy.unmet, met_sum, weight_sum * kWhole), GateCause::kNone};
}

bool AbilityMayBeZero(const AbilityPolicy& policy) {
  return StartOf(policy, Requirement{0, 1, 1, /*learnable=*/true}) == 0;
}

bool OthersMayBeZero(const Policy& policy, bool pace_asked) {
  const WishesPolicy& wishes = policy.wishes;
  const BasisPoints least_wishes = Part(
      Part(Part(std::min(wishes.unknown, wishes.unmet), wishes.hours_floor), wishes.schedule_floor),
      wishes.travel_floor);
  return least_wishes == 0 || policy.support.unmet == 0 || policy.support.unknown == 0 ||
         (pace_asked && policy.pace.unknown == 0);
}

Verdict JudgeWhole(const Weights& weights, const AbilityVerdict& ability, BasisPoints wishes,
                   BasisPoints pace, BasisPoints support) {
  if (wishes == 0 || support == 0 || (ability.score == 0 && !ability.unknown)) {
    return {Outcome::kExcluded, 0, GateCause::kNothingFits};
  }
  const BasisPoints score = Combine(weights, DimensionScores{ability.score, wishes, pace, support});
  return {score == 0 ? Outcome::kToBeAsked : Outcome::kRanked, score, GateCause::kNone};
}

}  // namespace passend::matcher
