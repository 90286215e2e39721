#include "matcher/ability_fit.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace passend::matcher {
namespace {

bool HoldsNothing(const AbilityPolicy& policy, const Person& person, Day as_of) {
  return std::none_of(person.skills.begin(), person.skills.end(), [&](const PersonSkill& skill) {
    return HoldsOn(policy, skill.validations, as_of).has_value();
  });
}

// visit(expansion, skill) for what the person has of `expansions`, in their order: the first is the
// required skill itself, the others stand in order of index, as the person's skills do.
template <typename Visit>
void VisitHeld(std::span<const Expansion> expansions, std::span<const PersonSkill> skills,
               const Visit& visit) {
  const Expansion& itself = expansions.front();
  const auto same =
      std::ranges::lower_bound(skills, itself.held, std::less<>(), &PersonSkill::skill);
  if (same != skills.end() && same->skill == itself.held) visit(itself, *same);
  const std::span<const Expansion> others = expansions.subspan(1);
  for (const PersonSkill& skill : skills) {
    const auto other =
        std::ranges::lower_bound(others, skill.skill, std::less<>(), &Expansion::held);
    if (other != others.end() && other->held == skill.skill) visit(*other, skill);
  }
}

LevelHundredths Counted(int level, BasisPoints factor) {
  return Part(int64_t{level} * kLevelUnit, factor);
}

// The fit of one held skill for one requirement.
SkillTerm TermFrom(const AbilityPolicy& policy, const Requirement& requirement,
                   const Expansion& expansion, const HeldLevel& held) {
  SkillTerm term;
  term.held = expansion.held;
  term.relation = expansion.relation;
  term.factor = expansion.factor;
  term.source = held;
  term.level = Counted(held.level, expansion.factor);
  const BasisPoints attain = Attain(policy, requirement, term.level);
  const BasisPoints attain_high =
      std::max(attain, Attain(policy, requirement, Counted(held.level_high, expansion.factor)));
  term.fit = {Weighed(policy, attain, 0), Weighed(policy, attain, held.certainty),
              Weighed(policy, attain_high, kWhole)};
  term.under_used_levels = std::max(0, term.level / kLevelUnit - requirement.level);
  return term;
}

// The best that the person has for one requirement.
SkillTerm BestTerm(const AbilityPolicy& policy, const Requirement& requirement,
                   std::span<const Expansion> expansions, const Person& person, Day as_of) {
  const BasisPoints start = StartOf(policy, requirement);
  SkillTerm best;
  best.fit = {start, start, start};
  Band widest = best.fit;
  VisitHeld(expansions, person.skills, [&](const Expansion& expansion, const PersonSkill& skill) {
    const auto held = HoldsOn(policy, skill.validations, as_of);
    if (!held) return;
    const SkillTerm term = TermFrom(policy, requirement, expansion, *held);
    widest.low = std::max(widest.low, term.fit.low);
    widest.high = std::max(widest.high, term.fit.high);
    // Where several do as well, the one with the higher factor is named, then the first.
    const bool better =
        term.fit.score > best.fit.score ||
        (term.fit.score == best.fit.score && (!best.held || term.factor > best.factor));
    if (better) best = term;
  });
  best.fit.score = std::max(best.fit.score, start);
  best.fit.low = widest.low;
  best.fit.high = widest.high;
  return best;
}

struct Sums {
  int64_t weight = 0;
  int64_t low = 0;
  int64_t score = 0;
  int64_t high = 0;

  void Add(const SkillTerm& term) {
    weight += term.weight;
    low += term.weight * term.fit.low;
    score += term.weight * term.fit.score;
    high += term.weight * term.fit.high;
  }
  Band Mean() const {
    return {static_cast<BasisPoints>(low / weight), static_cast<BasisPoints>(score / weight),
            static_cast<BasisPoints>(high / weight)};
  }
};

// The levels that a gate tells of: what the person has of it, at the factor it counts at.
Gate MissingSkill(const Requirement& requirement, size_t place, const SkillTerm& term) {
  Gate gate{GateCause::kSkillMissing};
  gate.requirement = place;
  gate.has = term.held ? term.level : 0;
  gate.needed = requirement.level * kLevelUnit;
  return gate;
}

// What holds of a band when a gate is closed: nothing, unless the gate itself is uncertain.
Band Closed(const Band& band, std::span<const SkillTerm> terms, std::span<const Gate> gates) {
  for (const Gate& gate : gates) {
    if (gate.requirement && terms[*gate.requirement].fit.high == 0) return {0, 0, 0};
  }
  return {0, 0, band.high};
}

}  // namespace

int64_t RequirementWeight(const AbilityPolicy& policy, const Requirement& requirement,
                          BasisPoints specificity) {
  int64_t weight = kWhole;
  for (int power = 0; power < policy.specificity_exponent; ++power) {
    weight = weight * specificity / kWhole;
  }
  return requirement.importance * std::max<int64_t>(1, weight);
}

BasisPoints Attain(const AbilityPolicy& policy, const Requirement& requirement,
                   LevelHundredths level) {
  const LevelHundredths asked = requirement.level * kLevelUnit;
  if (level >= asked) {
    const int64_t over = std::min<int64_t>(level - asked, 4 * kLevelUnit);
    return static_cast<BasisPoints>(kWhole - policy.under_use * over / (4 * kLevelUnit));
  }
  return requirement.learnable ? level * kWhole / asked : 0;
}

BasisPoints Weighed(const AbilityPolicy& policy, BasisPoints attain, BasisPoints certainty) {
  const int64_t counted = std::min(certainty, policy.certainty_full);
  return Part(attain, Between(policy.certainty_floor, counted, policy.certainty_full));
}

BasisPoints StartOf(const AbilityPolicy& policy, const Requirement& requirement) {
  return requirement.learnable ? Weighed(policy, policy.learnable_start, 0) : 0;
}

Band AbilityFit::Settled(size_t requirement) const {
  if (skills_unknown || !gates.empty()) return band;
  Sums sums;
  for (size_t place = 0; place < terms.size(); ++place) {
    SkillTerm term = terms[place];
    if (place == requirement) term.fit = {term.fit.score, term.fit.score, term.fit.score};
    sums.Add(term);
  }
  return sums.Mean();
}

AbilityFit ScoreAbility(const AbilityPolicy& policy, const Taxonomy& taxonomy, const Work& work,
                        std::span<const std::vector<Expansion>> expansions, const Person& person,
                        Day as_of) {
  AbilityFit fit;
  if (work.requirements.empty()) return fit;  // open hiring

  fit.skills_unknown = HoldsNothing(policy, person, as_of);
  fit.terms.reserve(work.requirements.size());
  Sums sums;
  for (size_t place = 0; place < work.requirements.size(); ++place) {
    const Requirement& requirement = work.requirements[place];
    SkillTerm term = BestTerm(policy, requirement, expansions[place], person, as_of);
    term.weight = RequirementWeight(policy, requirement, taxonomy.specificity(requirement.skill));
    if (!requirement.learnable && term.fit.score == 0 && !fit.skills_unknown) {
      fit.gates.push_back(MissingSkill(requirement, place, term));
    }
    sums.Add(term);
    fit.terms.push_back(term);
  }
  fit.band = sums.Mean();
  if (fit.skills_unknown) {
    const bool closed =
        std::any_of(work.requirements.begin(), work.requirements.end(),
                    [](const Requirement& requirement) { return !requirement.learnable; });
    fit.band = {0, closed ? 0 : fit.band.score, kWhole};
  } else if (!fit.gates.empty()) {
    fit.band = Closed(fit.band, fit.terms, fit.gates);
  } else if (fit.band.score == 0) {
    Gate gate{GateCause::kNothingFits};
    gate.dimension = Dimension::kAbility;
    fit.gates.push_back(gate);
    fit.band.low = 0;
  }
  return fit;
}

}  // namespace passend::matcher
