#include "matcher/support_fit.h"

#include <algorithm>
#include <map>

namespace passend::matcher {
namespace {

constexpr int32_t kPercentHundredths = 100;

// Needs joined by line, in the order of lines; what is met by what is brought along is gone.
std::map<SupportLine, SupportTerm> LinesOf(const SupportPolicy& policy, const Person& person) {
  std::map<SupportLine, SupportTerm> lines;
  for (const SupportNeed& need : person.needs) {
    const int32_t left = std::max(0, NeededPercent(policy, need) - need.brought_percent);
    if (left == 0) continue;
    const SupportLine line = LineOf(need.solution);
    SupportTerm& term = lines.try_emplace(line, SupportTerm{need.solution}).first->second;
    term.needed_percent += left;
    term.essential |= need.essential;
    term.amount_unknown |= need.amount_percent == 0;
  }
  return lines;
}

Band MetOf(const SupportTerm& term) {
  const int64_t needed = int64_t{term.needed_percent} * kPercentHundredths;
  const auto met = static_cast<BasisPoints>(std::min<int64_t>(term.offered_hundredths, needed) *
                                            kWhole / needed);
  if (!term.amount_unknown || term.offered_hundredths == 0) return {met, met, met};
  return {0, met, kWhole};
}

BasisPoints Score(const SupportPolicy& policy, int64_t met, int64_t weight) {
  return Between(policy.unmet, met, weight * kWhole);
}

}  // namespace

int32_t NeededPercent(const SupportPolicy& policy, const SupportNeed& need) {
  if (need.amount_percent != 0) return need.amount_percent;
  return LineOf(need.solution) == kGuidanceLine ? policy.guidance_unknown_percent : 100;
}

int32_t OfferedHundredths(const Work& work, SupportLine line) {
  int32_t offered = 0;
  for (const SupportOffer& offer : work.offers) {
    if (LineOf(offer.solution) != line) continue;
    offered += offer.amount_percent * kPercentHundredths / offer.shared_by_people;
  }
  return offered;
}

int64_t LineWeight(const SupportPolicy& policy, SupportLine line, int32_t needed_percent) {
  const int64_t full = line == kGuidanceLine ? policy.guidance_full_percent : 100;
  return int64_t{needed_percent} * kPercentHundredths * 100 / full;
}

SupportFit ScoreSupport(const SupportPolicy& policy, const Work& work, const Person& person) {
  SupportFit fit;
  if (!person.support_known) {
    fit.band = {0, policy.unknown, kWhole};
    return fit;
  }
  int64_t weight = 0;
  struct {
    int64_t low = 0, score = 0, high = 0;
  } sum;
  for (auto& [line, term] : LinesOf(policy, person)) {
    term.offered_hundredths = OfferedHundredths(work, line);
    term.weight = LineWeight(policy, line, term.needed_percent);
    term.met = MetOf(term);
    weight += term.weight;
    sum.low += term.weight * term.met.low;
    sum.score += term.weight * term.met.score;
    sum.high += term.weight * term.met.high;
    if (term.essential && term.offered_hundredths == 0) {
      Gate gate{GateCause::kSupportMissing};
      gate.solution = term.solution;
      gate.needed = term.needed_percent;
      fit.gates.push_back(gate);
    }
    fit.terms.push_back(term);
  }
  if (weight == 0) return fit;  // nothing is needed
  if (!fit.gates.empty()) {
    fit.band = {0, 0, 0};
    return fit;
  }
  fit.band = {Score(policy, sum.low, weight), Score(policy, sum.score, weight),
              Score(policy, sum.high, weight)};
  if (fit.band.score == 0) {
    Gate gate{GateCause::kNothingFits};
    gate.dimension = Dimension::kSupport;
    fit.gates.push_back(gate);
    fit.band.low = 0;
  }
  return fit;
}

}  // namespace passend::matcher
