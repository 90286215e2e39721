#include "matcher/wish_fit.h"

#include <algorithm>
#include <bit>

namespace passend::matcher {
namespace {

constexpr Band kFull{kWhole, kWhole, kWhole};
constexpr Band kShut{0, 0, 0};
// A limit that is not known costs nothing, and may close the task.
constexpr Band kMayClose{0, kWhole, kWhole};

constexpr Band Certain(BasisPoints score) { return {score, score, score}; }

Band Product(const std::array<Band, kWishFactors>& factors) {
  Band product = kFull;
  for (const Band& factor : factors) {
    product = {Part(product.low, factor.low), Part(product.score, factor.score),
               Part(product.high, factor.high)};
  }
  return product;
}

Band& At(WishFit& fit, WishFactor factor) { return fit.factors[static_cast<int>(factor)]; }

void SetUnknown(WishFit& fit, WishFactor factor, Band band) {
  At(fit, factor) = band;
  fit.unknown[static_cast<int>(factor)] = true;
}

void ScoreFeatures(const WishesPolicy& policy, const Work& work, const Wishes& wishes,
                   WishFit& fit) {
  int64_t all = 0;
  int64_t met = 0;
  for (uint8_t feature = 0; feature < 64; ++feature) {
    const FeatureSet bit = FeatureSet{1} << feature;
    const bool there = (work.features & bit) != 0;
    for (int strength = 1; strength <= kStrengths; ++strength) {
      const bool wanted = (wishes.wants[strength - 1] & bit) != 0;
      const bool avoided = (wishes.avoids[strength - 1] & bit) != 0;
      if (!wanted && !avoided) continue;
      const bool is_met = wanted == there;
      fit.terms.push_back(
          {feature, wanted ? Attitude::kWants : Attitude::kAvoids, strength, is_met});
      all += strength;
      if (is_met) met += strength;
    }
    if ((wishes.never & bit) == 0) continue;
    fit.terms.push_back({feature, Attitude::kNever, 0, !there});
    if (there && (work.closing_nothing & bit) == 0) {
      Gate gate{GateCause::kWishNever};
      gate.feature = feature;
      fit.gates.push_back(gate);
    }
  }
  if (all == 0) {
    SetUnknown(fit, WishFactor::kFeatures, {0, policy.unknown, kWhole});
  } else {
    At(fit, WishFactor::kFeatures) = Certain(Between(policy.unmet, met, all));
  }
}

void ScoreForms(const Work& work, const Wishes& wishes, WishFit& fit) {
  if (wishes.forms == 0) {
    SetUnknown(fit, WishFactor::kForms, kMayClose);
  } else if ((wishes.forms >> work.form & 1) == 0) {
    Gate gate{GateCause::kParticipationForm};
    gate.needed = work.form;
    fit.gates.insert(fit.gates.begin(), gate);
  }
}

void ScoreHours(const WishesPolicy& policy, const Work& work, const Wishes& wishes, WishFit& fit) {
  const int32_t taken = WeeklyHoursTaken(work, wishes);
  AmountTerm term{AmountKind::kWeeklyHours};
  term.known = wishes.weekly_hours_max != 0;
  term.has = term.known ? std::min(wishes.weekly_hours_max, work.start_weekly_hours) : 0;
  term.asked = work.start_weekly_hours;
  if (!term.known) {
    SetUnknown(fit, WishFactor::kHours, kMayClose);
  } else if (taken == 0) {
    const bool too_few = wishes.weekly_hours_max < work.start_weekly_hours;
    Gate gate{GateCause::kHours};
    gate.has = too_few ? wishes.weekly_hours_max : wishes.weekly_hours_min;
    gate.needed = too_few && work.shared_weekly_hours_min != 0 ? work.shared_weekly_hours_min
                                                               : work.start_weekly_hours;
    fit.gates.push_back(gate);
    At(fit, WishFactor::kHours) = kShut;
  } else {
    At(fit, WishFactor::kHours) = Certain(HoursFactor(policy, work, taken));
  }
  term.fit = At(fit, WishFactor::kHours);
  fit.limits.push_back(term);
}

void ScoreSchedule(const WishesPolicy& policy, const Work& work, const Wishes& wishes,
                   WishFit& fit) {
  // Where the hours themselves do not overlap, that is told; the schedule is held against them all.
  const int32_t overlap = WeeklyHoursTaken(work, wishes);
  const int32_t taken = overlap == 0 ? work.start_weekly_hours : overlap;
  AmountTerm term{AmountKind::kCommonHours};
  term.asked = taken;
  if (wishes.schedule.empty()) {
    if (!work.schedule.empty()) SetUnknown(fit, WishFactor::kSchedule, kMayClose);
  } else {
    const Week common = work.schedule.empty() ? wishes.schedule : wishes.schedule & work.schedule;
    term.known = true;
    term.has = common.hours();
    if (term.has == 0) {
      Gate gate{GateCause::kSchedule};
      gate.needed = taken;
      fit.gates.push_back(gate);
      At(fit, WishFactor::kSchedule) = kShut;
    } else {
      At(fit, WishFactor::kSchedule) = Certain(ScheduleFactor(policy, term.has, taken));
    }
  }
  term.fit = At(fit, WishFactor::kSchedule);
  fit.limits.push_back(term);
}

void ScoreTravel(const WishesPolicy& policy, const Work& work, const Wishes& wishes, WishFit& fit) {
  if (DistanceIsNoMatter(work)) return;
  AmountTerm term{AmountKind::kTravelMinutes};
  if (!wishes.travel || !work.place) {
    SetUnknown(fit, WishFactor::kTravel, kMayClose);
  } else {
    term.known = true;
    term.has = wishes.travel->minutes_max;
    term.asked = TravelMinutes(policy, wishes.travel->means, wishes.travel->home, *work.place);
    const BasisPoints factor = TravelFactor(policy, term.asked, term.has);
    if (factor == 0) {
      Gate gate{GateCause::kTravel};
      gate.has = term.has;
      gate.needed = term.asked;
      fit.gates.push_back(gate);
    }
    At(fit, WishFactor::kTravel) = Certain(factor);
  }
  term.fit = At(fit, WishFactor::kTravel);
  fit.limits.push_back(term);
}

}  // namespace

Band WishFit::band() const { return gates.empty() ? Product(factors) : kShut; }

Band WishFit::Settled(WishFactor factor) const {
  if (!gates.empty()) return kShut;
  std::array<Band, kWishFactors> settled = factors;
  Band& band = settled[static_cast<int>(factor)];
  band = Certain(band.score);
  return Product(settled);
}

WishFit ScoreWishes(const WishesPolicy& policy, const Work& work, const Person& person) {
  WishFit fit;
  ScoreFeatures(policy, work, person.wishes, fit);
  ScoreForms(work, person.wishes, fit);
  ScoreHours(policy, work, person.wishes, fit);
  ScoreSchedule(policy, work, person.wishes, fit);
  ScoreTravel(policy, work, person.wishes, fit);
  if (fit.gates.empty() && fit.band().score == 0) {
    Gate gate{GateCause::kNothingFits};
    gate.dimension = Dimension::kWishes;
    fit.gates.push_back(gate);
  }
  return fit;
}

int32_t WeeklyHoursTaken(const Work& work, const Wishes& wishes) {
  const int32_t most = work.start_weekly_hours;
  if (wishes.weekly_hours_max == 0) return most;
  const int32_t least = work.shared_weekly_hours_min == 0 ? most : work.shared_weekly_hours_min;
  if (wishes.weekly_hours_max < least || wishes.weekly_hours_min > most) return 0;
  return std::min(most, wishes.weekly_hours_max);
}

BasisPoints HoursFactor(const WishesPolicy& policy, const Work& work, int32_t taken) {
  return Between(policy.hours_floor, taken, work.start_weekly_hours);
}

BasisPoints ScheduleFactor(const WishesPolicy& policy, int32_t common, int32_t taken) {
  return Between(policy.schedule_floor, std::min(common, taken), taken);
}

BasisPoints TravelFactor(const WishesPolicy& policy, int32_t minutes, int32_t minutes_max) {
  if (minutes > minutes_max) return 0;
  const int64_t beyond_half = std::max(0, 2 * minutes - minutes_max);
  return static_cast<BasisPoints>(kWhole -
                                  (kWhole - policy.travel_floor) * beyond_half / minutes_max);
}

bool DistanceIsNoMatter(const Work& work) {
  if (work.remote) return true;
  return !work.distance_counts &&
         std::any_of(work.offers.begin(), work.offers.end(),
                     [](const auto& offer) { return offer.solution == kTransport; });
}

}  // namespace passend::matcher
