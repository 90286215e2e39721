// What one person's skills come to for any requirement: the other way round of Taxonomy::Expand.
#ifndef PASSEND_MATCHER_SKILL_REACH_H_
#define PASSEND_MATCHER_SKILL_REACH_H_

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "matcher/judge.h"

namespace passend::matcher {

// Which requirements each skill counts for, and at which factor, under one policy's relations.
// Immutable; any number of threads may read it. Made once for a policy: it takes as long as
// expanding every concept of the vocabulary.
class ReverseExpansions {
 public:
  struct Use {
    ConceptIndex required;
    BasisPoints factor;
  };

  ReverseExpansions(const Taxonomy& taxonomy, const AbilityPolicy& policy);

  // True where this policy relates skills as the one it was made for.
  bool ServesFor(const AbilityPolicy& policy) const;

  std::span<const Use> UsesOf(ConceptIndex held) const {
    return {uses_.data() + starts_[held], uses_.data() + starts_[held + 1]};
  }
  size_t concepts() const { return starts_.size() - 1; }

 private:
  AbilityPolicy policy_;
  std::vector<uint32_t> starts_;  // one more than concepts
  std::vector<Use> uses_;
};

// One person's skills on a day, ready to be held against any number of requirements. Any number of
// threads may call Judge. `basis` must outlive it.
class SkillReach {
 public:
  SkillReach(const ScoringBasis& basis, const ReverseExpansions& reverse, const Person& person);

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
