#include "matcher/pace_fit.h"

#include <algorithm>
#include <tuple>

namespace passend::matcher {
namespace {

// How far off an amount may be, as part of it.
BasisPoints UncertaintyOf(const PacePolicy& policy, const PersonPace& pace, WorkKind kind) {
  const BasisPoints expected = pace.measured ? 0 : policy.expected_uncertainty;
  const bool same = DistanceBetween(pace.kind, kind) == KindDistance::kSame;
  const BasisPoints other = same ? 0 : policy.other_kind_uncertainty;
  return std::min(kWhole, expected + other);
}

Band BandAround(int32_t has, BasisPoints uncertainty, int32_t asked, int32_t tolerance) {
  const int64_t off = int64_t{has} * uncertainty;
  const auto worst = static_cast<int32_t>(has - (off + kWhole - 1) / kWhole);
  const auto best = static_cast<int32_t>(has + (off + kWhole - 1) / kWhole);
  return {PartFit(worst, asked, tolerance), PartFit(has, asked, tolerance),
          PartFit(best, asked, tolerance)};
}

constexpr AmountKind KindOf(PacePart part) {
  return static_cast<AmountKind>(static_cast<int>(AmountKind::kTempo) + static_cast<int>(part));
}

constexpr GateCause CauseOf(PacePart part) {
  return static_cast<GateCause>(static_cast<int>(GateCause::kTempo) + static_cast<int>(part));
}

AmountTerm TermOf(const PacePolicy& policy, const Work& work, const Person& person, PacePart part) {
  AmountTerm term{KindOf(part)};
  term.asked = work.pace[static_cast<int>(part)];
  const PersonPace* pace = TellingPace(person.paces, work.kind, part);
  if (pace == nullptr) {
    term.fit = {0, policy.unknown, kWhole};
    return term;
  }
  term.known = true;
  term.has = pace->amounts[static_cast<int>(part)];
  term.seen_at = pace->kind;
  term.measured = pace->measured;
  term.fit = BandAround(term.has, UncertaintyOf(policy, *pace, work.kind), term.asked,
                        ToleranceOf(policy, part));
  return term;
}

}  // namespace

BasisPoints PartFit(int32_t has, int32_t asked, int32_t tolerance) {
  if (has >= asked) return kWhole;
  const int64_t left = int64_t{has} - (asked - tolerance);
  return left <= 0 ? 0 : static_cast<BasisPoints>(left * kWhole / tolerance);
}

int32_t ToleranceOf(const PacePolicy& policy, PacePart part) {
  switch (part) {
    case PacePart::kTempo:
      return policy.tempo_tolerance_percent;
    case PacePart::kStretch:
      return policy.stretch_tolerance_minutes;
    case PacePart::kDay:
      return policy.day_tolerance_hours;
    case PacePart::kWeek:
      return policy.week_tolerance_days;
  }
  return 1;
}

const PersonPace* TellingPace(std::span<const PersonPace> paces, WorkKind kind, PacePart part) {
  const PersonPace* best = nullptr;
  const auto rank = [&](const PersonPace& pace) {
    return std::tuple(DistanceBetween(pace.kind, kind), !pace.measured, -int64_t{pace.observed},
                      pace.amounts[static_cast<int>(part)]);
  };
  for (const PersonPace& pace : paces) {
    if (pace.amounts[static_cast<int>(part)] == 0) continue;
    if (best == nullptr || rank(pace) < rank(*best)) best = &pace;
  }
  return best;
}

PaceFit ScorePace(const PacePolicy& policy, const Work& work, const Person& person) {
  PaceFit fit;
  for (int index = 0; index < kPaceParts; ++index) {
    if (work.pace[index] == 0) continue;
    const auto part = static_cast<PacePart>(index);
    const AmountTerm term = TermOf(policy, work, person, part);
    // The weakest part is the pace.
    fit.band = {std::min(fit.band.low, term.fit.low), std::min(fit.band.score, term.fit.score),
                std::min(fit.band.high, term.fit.high)};
    if (term.fit.score == 0) {
      Gate gate{CauseOf(part)};
      gate.has = term.has;
      gate.needed = term.asked - ToleranceOf(policy, part) + 1;
      fit.gates.push_back(gate);
    }
    fit.terms.push_back(term);
  }
  return fit;
}

}  // namespace passend::matcher
