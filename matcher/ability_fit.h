// Ability: can the person do it?
#ifndef PASSEND_MATCHER_ABILITY_FIT_H_
#define PASSEND_MATCHER_ABILITY_FIT_H_

#include <span>
#include <vector>

#include "matcher/fit.h"

namespace passend::matcher {

struct AbilityFit {
  Band band;
  std::vector<SkillTerm> terms;
  std::vector<Gate> gates;
  bool skills_unknown = false;

  // The band, were the level of one requirement certain.
  Band Settled(size_t requirement) const;
};

// importance * (kWhole * (specificity / kWhole)^exponent, at least 1).
int64_t RequirementWeight(const AbilityPolicy& policy, const Requirement& requirement,
                          BasisPoints specificity);

// What a level that counts comes to against the level asked, before certainty.
BasisPoints Attain(const AbilityPolicy& policy, const Requirement& requirement,
                   LevelHundredths level);

// What a certain attainment is worth at this certainty.
BasisPoints Weighed(const AbilityPolicy& policy, BasisPoints attain, BasisPoints certainty);

// What nothing at all comes to against the requirement.
BasisPoints StartOf(const AbilityPolicy& policy, const Requirement& requirement);

// `expansions` has one entry a requirement, from Taxonomy::Expand.
AbilityFit ScoreAbility(const AbilityPolicy& policy, const Taxonomy& taxonomy, const Work& work,
                        std::span<const std::vector<Expansion>> expansions, const Person& person,
                        Day as_of);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_ABILITY_FIT_H_
