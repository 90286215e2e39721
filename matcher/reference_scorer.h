// The plain scorer: the formulas of matcher/README.md one by one, with every term kept. It is the
// oracle of the index, and it explains.
#ifndef PASSEND_MATCHER_REFERENCE_SCORER_H_
#define PASSEND_MATCHER_REFERENCE_SCORER_H_

#include <vector>

#include "matcher/fit.h"

namespace passend::matcher {

// Everything a score depends on beside person and work.
struct ScoringBasis {
  const Taxonomy* taxonomy;
  Policy policy;
  Weights weights;  // the policy's, or a caller's within its bounds; sum kWhole
  Day as_of;
};

// One piece of work, ready to be compared with any number of people. The basis' taxonomy must
// outlive it. Any number of threads may call Score.
class ReferenceScorer {
 public:
  ReferenceScorer(ScoringBasis basis, Work work);

  // Pure: the same person gives the same fit.
  Fit Score(const Person& person) const;

  const Work& work() const { return work_; }

 private:
  ScoringBasis basis_;
  Work work_;
  std::vector<std::vector<Expansion>> expansions_;  // one a requirement
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_REFERENCE_SCORER_H_
