#include "matcher/reference_scorer.h"

#include <algorithm>
#include <utility>

#include "matcher/ability_fit.h"
#include "matcher/combine.h"
#include "matcher/pace_fit.h"
#include "matcher/support_fit.h"
#include "matcher/wish_fit.h"

namespace passend::matcher {
namespace {

struct Parts {
  AbilityFit ability;
  WishFit wishes;
  PaceFit pace;
  SupportFit support;

  DimensionBands bands() const { return {ability.band, wishes.band(), pace.band, support.band}; }
};

constexpr Band Certain(const Band& band) { return {band.score, band.score, band.score}; }

// Keeps the question that leaves the narrowest band; the first one wins a tie.
class NarrowestQuestion {
 public:
  NarrowestQuestion(const Weights& weights, const DimensionBands& bands)
      : weights_(weights), bands_(bands) {}

  void Consider(Question question, Dimension dimension, const Band& settled) {
    DimensionBands bands = bands_;
    bands[static_cast<int>(dimension)] = settled;
    const Band whole = Combine(weights_, bands);
    const BasisPoints width = whole.high - whole.low;
    if (best_ && width >= narrowest_) return;
    best_ = question;
    narrowest_ = width;
  }

  std::optional<Question> best() const { return best_; }

 private:
  const Weights& weights_;
  const DimensionBands& bands_;
  std::optional<Question> best_;
  BasisPoints narrowest_ = 0;
};

std::optional<Question> QuestionFor(const Weights& weights, const Parts& parts) {
  const DimensionBands bands = parts.bands();
  NarrowestQuestion question(weights, bands);
  if (parts.ability.skills_unknown) {
    question.Consider({Topic::kSkills}, Dimension::kAbility, Certain(parts.ability.band));
  } else {
    for (size_t place = 0; place < parts.ability.terms.size(); ++place) {
      const Band& fit = parts.ability.terms[place].fit;
      if (fit.low == fit.high) continue;
      question.Consider({Topic::kSkillLevel, place}, Dimension::kAbility,
                        parts.ability.Settled(place));
    }
  }
  constexpr std::array<Topic, kWishFactors> kTopics = {Topic::kWishes, Topic::kForms, Topic::kHours,
                                                       Topic::kSchedule, Topic::kTravel};
  for (int factor = 0; factor < kWishFactors; ++factor) {
    if (!parts.wishes.unknown[factor]) continue;
    question.Consider({kTopics[factor]}, Dimension::kWishes,
                      parts.wishes.Settled(static_cast<WishFactor>(factor)));
  }
  if (parts.pace.band.low != parts.pace.band.high) {
    question.Consider({Topic::kPace}, Dimension::kPace, Certain(parts.pace.band));
  }
  if (parts.support.band.low != parts.support.band.high) {
    question.Consider({Topic::kSupport}, Dimension::kSupport, Certain(parts.support.band));
  }
  return question.best();
}

std::vector<Gate> GatesOf(const Parts& parts) {
  std::vector<Gate> gates = parts.wishes.gates;
  gates.insert(gates.end(), parts.ability.gates.begin(), parts.ability.gates.end());
  gates.insert(gates.end(), parts.pace.gates.begin(), parts.pace.gates.end());
  gates.insert(gates.end(), parts.support.gates.begin(), parts.support.gates.end());
  std::stable_sort(gates.begin(), gates.end(),
                   [](const Gate& a, const Gate& b) { return a.cause < b.cause; });
  return gates;
}

}  // namespace

ReferenceScorer::ReferenceScorer(ScoringBasis basis, Work work)
    : basis_(std::move(basis)), work_(std::move(work)) {
  for (const Requirement& requirement : work_.requirements) {
    expansions_.push_back(basis_.taxonomy->Expand(requirement.skill, basis_.policy.ability));
  }
}

Fit ReferenceScorer::Score(const Person& person) const {
  const Policy& policy = basis_.policy;
  Parts parts{
      ScoreAbility(policy.ability, *basis_.taxonomy, work_, expansions_, person, basis_.as_of),
      ScoreWishes(policy.wishes, work_, person), ScorePace(policy.pace, work_, person),
      ScoreSupport(policy.support, work_, person)};

  Fit fit;
  const DimensionBands bands = parts.bands();
  for (int dimension = 0; dimension < kDimensions; ++dimension) {
    DimensionFit& part = fit.dimensions[dimension];
    part.band = bands[dimension];
    part.weight = basis_.weights[dimension];
    part.loss = part.band.score == 0 ? 0 : part.weight * LossOf(part.band.score);
  }
  fit.gates = GatesOf(parts);
  fit.band = Combine(basis_.weights, bands);
  fit.question = QuestionFor(basis_.weights, parts);
  if (!fit.gates.empty()) {
    fit.outcome = Outcome::kExcluded;
  } else if (fit.band.score == 0) {
    fit.outcome = Outcome::kToBeAsked;
  } else {
    fit.outcome = Outcome::kRanked;
    for (const DimensionFit& part : fit.dimensions) fit.loss += part.loss;
  }
  fit.skills = std::move(parts.ability.terms);
  fit.wishes = std::move(parts.wishes.terms);
  fit.limits = std::move(parts.wishes.limits);
  fit.paces = std::move(parts.pace.terms);
  fit.supports = std::move(parts.support.terms);
  return fit;
}

}  // namespace passend::matcher
