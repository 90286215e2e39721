// What one person's skills come to for any requirement: the other way round of Taxonomy::Expand.
#ifndef PASSEND_MATCHER_SKILL_REACH_H_
#define PASSEND_MATCHER_SKILL_REACH_H_

#include <span>
#include <vector>

#include "matcher/expansion_table.h"
#include "matcher/judge.h"

namespace passend::matcher {

// One person's skills on a day. Immutable; any number of threads may call Judge. `basis` and
// `expansions` must outlive it.
class SkillReach {
 public:
  SkillReach(const ScoringBasis& basis, const ExpansionTable& expansions, const Person& person);

  // Exactly what QueryPlan judges of ability.
  AbilityVerdict Judge(std::span<const Requirement> requirements) const;

 private:
  struct Reached {
    ConceptIndex required;
    LevelHundredths level;
    BasisPoints worth;  // of a full attainment
  };
  BasisPoints FitOf(const Requirement& requirement) const;

  const ScoringBasis& basis_;
  const ExpansionTable& expansions_;
  const BasisPoints learnable_start_;
  bool unknown_ = true;
  std::vector<Reached> reached_;  // by required skill
  // Of each concept, its first place in reached_, from 1; 0: it is not there.
  std::vector<uint32_t> places_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_SKILL_REACH_H_
