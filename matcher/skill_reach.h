// What one person's skills come to for any requirement: the other way round of Taxonomy::Expand.
#ifndef PASSEND_MATCHER_SKILL_REACH_H_
#define PASSEND_MATCHER_SKILL_REACH_H_

#include <span>
#include <vector>

#include "matcher/expansion_table.h"
#include "matcher/judge.h"

namespace passend::matcher {

// One person's skills on a day. Not thread-safe: it remembers fits. `basis` must outlive it.
class SkillReach {
 public:
  SkillReach(const ScoringBasis& basis, const ExpansionTable& expansions, const Person& person);

  // Exactly what QueryPlan judges of ability.
  AbilityVerdict Judge(std::span<const Requirement> requirements);

 private:
  struct Reached {
    ConceptIndex required;
    LevelHundredths level;
    BasisPoints worth;  // of a full attainment
  };
  BasisPoints FitOf(const Requirement& requirement, uint32_t place);
  BasisPoints BestFit(const Requirement& requirement, size_t first) const;

  const ScoringBasis& basis_;
  const BasisPoints learnable_start_;
  bool unknown_ = true;
  std::vector<Reached> reached_;  // by required skill
  struct Asked {
    int32_t weight;  // of a requirement, at an importance of 1
    uint32_t place;  // the first in reached_, from 1; 0: it is not there
  };
  std::vector<Asked> asked_;  // by concept
  // By place, level and whether it can be learnt; -1: not yet known.
  static constexpr size_t kFitsPerPlace = 2 * kLevelMax;
  std::vector<int16_t> fits_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_SKILL_REACH_H_
