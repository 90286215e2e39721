// What one person's skills come to for any requirement: the other way round of Taxonomy::Expand.
#ifndef PASSEND_MATCHER_SKILL_REACH_H_
#define PASSEND_MATCHER_SKILL_REACH_H_

#include <span>
#include <vector>

#include "matcher/expansion_table.h"
#include "matcher/judge.h"

namespace passend::matcher {

// One person's skills on a day, ready to be held against any number of requirements. Any number of
// threads may call Judge. `basis` must outlive it.
class SkillReach {
 public:
  SkillReach(const ScoringBasis& basis, const ExpansionTable& expansions, const Person& person);

  // Exactly what QueryPlan judges of ability.
  AbilityVerdict Judge(std::span<const Requirement> requirements) const;

 private:
  struct Reached {
    ConceptIndex required;
    LevelHundredths level;
    BasisPoints certainty;
  };
  BasisPoints FitOf(const Requirement& requirement) const;

  const ScoringBasis& basis_;
  bool unknown_ = true;
  std::vector<Reached> reached_;  // by required skill
  std::vector<bool> any_;         // of each concept, whether it is in reached_
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_SKILL_REACH_H_
