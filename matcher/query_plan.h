// One piece of work, compiled for scoring many people: score and first gate only, no terms.
//
// It walks the person's own skills instead of the requirement's expansions, stops at the first
// closed gate, and keeps no explanation. ReferenceScorer is its oracle: the outcome, the score and
// the first cause are the same for every person.
#ifndef PASSEND_MATCHER_QUERY_PLAN_H_
#define PASSEND_MATCHER_QUERY_PLAN_H_

#include <span>
#include <unordered_map>
#include <vector>

#include "matcher/judge.h"
#include "matcher/reference_scorer.h"

namespace passend::matcher {

// Any number of threads may each use a Scratch of their own with one plan.
class QueryPlan {
 public:
  // `basis` and `work` must outlive the plan.
  QueryPlan(const ScoringBasis& basis, const Work& work);

  class Scratch {
   private:
    friend class QueryPlan;
    std::vector<BasisPoints> fits;  // one a requirement
  };

  Verdict Judge(const Person& person, Scratch& scratch) const;

  PartVerdict JudgePaces(std::span<const PersonPace> paces) const;
  // Of needs that are known.
  PartVerdict JudgeNeeds(std::span<const SupportNeed> needs) const;

 private:
  struct Use {
    uint32_t requirement;
    BasisPoints factor;
  };
  AbilityVerdict JudgeAbility(const Person& person, Scratch& scratch) const;

  const ScoringBasis& basis_;
  const Work& work_;
  std::unordered_map<ConceptIndex, std::vector<Use>> uses_;  // by held skill
  std::vector<int64_t> weights_;                             // one a requirement
  std::vector<BasisPoints> starts_;                          // one a requirement
  int64_t weight_sum_ = 0;
  bool any_unlearnable_ = false;
  bool distance_is_no_matter_;
  OfferedByLine offered_hundredths_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_QUERY_PLAN_H_
