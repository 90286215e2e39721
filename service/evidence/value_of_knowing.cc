#include "service/evidence/value_of_knowing.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "matcher/combine.h"
#include "matcher/wish_fit.h"
#include "service/match/wording.h"

namespace passend::service {
namespace {

using matcher::Band;
using matcher::BasisPoints;
using matcher::Dimension;
using matcher::Topic;

constexpr Band Certain(const Band& band) { return {band.score, band.score, band.score}; }

BasisPoints ScoreOf(const matcher::Fit& fit) {
  return fit.outcome == matcher::Outcome::kRanked ? fit.band.score : 0;
}

// The person with other validations of one skill; none: without it.
matcher::Person With(matcher::Person person, matcher::ConceptIndex skill,
                     const std::vector<matcher::Validation>& validations) {
  const auto at =
      std::ranges::lower_bound(person.skills, skill, std::less<>(), &matcher::PersonSkill::skill);
  const bool there = at != person.skills.end() && at->skill == skill;
  if (validations.empty()) {
    if (there) person.skills.erase(at);
  } else if (there) {
    at->validations = validations;
  } else {
    person.skills.insert(at, {skill, validations});
  }
  return person;
}

// The band of wishes, were only one of its factors unknown.
Band WishesUnknownOnlyIn(matcher::WishFactor factor, matcher::WishFit fit) {
  const int kept = static_cast<int>(factor);
  if (!fit.unknown[kept]) return Certain(fit.band());
  for (int other = 0; other < matcher::kWishFactors; ++other) {
    if (other != kept) fit.factors[other] = Certain(fit.factors[other]);
  }
  return fit.band();
}

}  // namespace

ValueOfKnowing::ValueOfKnowing(const matcher::ScoringBasis& basis, const matcher::Person& person,
                               std::vector<matcher::Work> works)
    : basis_(basis), person_(person) {
  matches_.reserve(works.size());
  for (matcher::Work& work : works) {
    std::vector<matcher::ConceptIndex> skills;
    for (const matcher::Requirement& requirement : work.requirements) {
      for (const matcher::Expansion& expansion :
           basis_.taxonomy->Expand(requirement.skill, basis_.policy.ability)) {
        skills.push_back(expansion.held);
      }
    }
    std::sort(skills.begin(), skills.end());
    matcher::ReferenceScorer scorer(basis_, std::move(work));
    matcher::Fit fit = scorer.Score(person_);
    const BasisPoints score = ScoreOf(fit);
    matches_.push_back({std::move(scorer), std::move(fit), score, std::move(skills)});
  }
}

void ValueOfKnowing::Vary(const matcher::Person& changed, const DueThing& thing,
                          std::vector<MatchSwing>& swings) const {
  for (size_t place = 0; place < matches_.size(); ++place) {
    const Match& match = matches_[place];
    if (!std::binary_search(match.skills.begin(), match.skills.end(), *thing.skill)) continue;
    const BasisPoints score = ScoreOf(match.scorer.Score(changed));
    swings[place].low = std::min(swings[place].low, score);
    swings[place].high = std::max(swings[place].high, score);
  }
}

MatchSwing ValueOfKnowing::Settle(Topic topic, size_t place) const {
  const matcher::Fit& fit = matches_[place].fit;
  MatchSwing swing{place, matches_[place].score, matches_[place].score, matches_[place].score};
  // No answer opens a gate: what is not known closes none.
  if (fit.outcome == matcher::Outcome::kExcluded) return swing;
  matcher::DimensionBands bands;
  for (int dimension = 0; dimension < matcher::kDimensions; ++dimension) {
    bands[dimension] = Certain(fit.dimensions[dimension].band);
  }
  const auto vary = [&](Dimension dimension) {
    bands[static_cast<int>(dimension)] = fit.dimensions[static_cast<int>(dimension)].band;
  };
  const auto vary_wish = [&](matcher::WishFactor factor) {
    bands[static_cast<int>(Dimension::kWishes)] = WishesUnknownOnlyIn(
        factor, matcher::ScoreWishes(basis_.policy.wishes, matches_[place].scorer.work(), person_));
  };
  switch (topic) {
    case Topic::kSkills:
      if (NoSkillsKnown({basis_, matches_[place].scorer.work(), person_, fit})) {
        vary(Dimension::kAbility);
      }
      break;
    case Topic::kWishes:
      vary_wish(matcher::WishFactor::kFeatures);
      break;
    case Topic::kForms:
      vary_wish(matcher::WishFactor::kForms);
      break;
    case Topic::kHours:
      vary_wish(matcher::WishFactor::kHours);
      break;
    // Where it is the task that does not tell, the person cannot be asked.
    case Topic::kSchedule:
      if (person_.wishes.schedule == matcher::Week()) vary_wish(matcher::WishFactor::kSchedule);
      break;
    case Topic::kTravel:
      if (!person_.wishes.travel) vary_wish(matcher::WishFactor::kTravel);
      break;
    case Topic::kPace:
      vary(Dimension::kPace);
      break;
    case Topic::kSupport:
      vary(Dimension::kSupport);
      break;
    case Topic::kNone:
    case Topic::kSkillLevel:
      break;
  }
  const Band whole = matcher::Combine(basis_.weights, bands);
  swing.low = std::min(swing.score, whole.low);
  swing.high = std::max(swing.score, whole.high);
  return swing;
}

DueValue ValueOfKnowing::Of(const DueThing& thing) const {
  std::vector<MatchSwing> swings(matches_.size());
  for (size_t place = 0; place < matches_.size(); ++place) {
    const BasisPoints score = matches_[place].score;
    swings[place] =
        thing.skill ? MatchSwing{place, score, score, score} : Settle(thing.topic, place);
  }
  for (const auto& outcome : thing.outcomes) {
    Vary(With(person_, *thing.skill, outcome), thing, swings);
  }
  std::erase_if(swings, [](const MatchSwing& swing) { return swing.width() == 0; });
  std::stable_sort(swings.begin(), swings.end(),
                   [](const MatchSwing& a, const MatchSwing& b) { return a.width() > b.width(); });
  DueValue value;
  for (const MatchSwing& swing : swings) value.basis_points += swing.width();
  value.swings = std::move(swings);
  return value;
}

}  // namespace passend::service
