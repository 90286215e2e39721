// What it is worth to renew or to know something: how far it may move a person's matches.
//
// The measure is the distance between the worst and the best that the score may become by this one
// thing, everything else as it is. It is worked out with the plain scorer, from the person with the
// thing changed, in whole basis points: no probabilities, so that nobody has to guess how likely it
// is that somebody can do something.
#ifndef PASSEND_SERVICE_EVIDENCE_VALUE_OF_KNOWING_H_
#define PASSEND_SERVICE_EVIDENCE_VALUE_OF_KNOWING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/person.h"
#include "matcher/reference_scorer.h"
#include "service/evidence/due_thing.h"

namespace passend::service {

// What one thing may do to one match. low <= score <= high. The score is 0 where the person is not
// ranked.
struct MatchSwing {
  size_t work = 0;  // its place among the works
  matcher::BasisPoints low = 0;
  matcher::BasisPoints score = 0;
  matcher::BasisPoints high = 0;

  matcher::BasisPoints width() const { return high - low; }
};

struct DueValue {
  // Of all matches together, in basis points. 0: whatever turns out, no score changes.
  int64_t basis_points = 0;
  std::vector<MatchSwing>
      swings;  // those that move, furthest first, then in the order of the works
};

// One person and some work, ready to be asked about things. The basis' taxonomy must outlive it.
class ValueOfKnowing {
 public:
  ValueOfKnowing(const matcher::ScoringBasis& basis, const matcher::Person& person,
                 std::vector<matcher::Work> works);

  DueValue Of(const DueThing& thing) const;

 private:
  // A match as it is.
  struct Match {
    matcher::ReferenceScorer scorer;
    matcher::Fit fit;
    matcher::BasisPoints score;
    std::vector<matcher::ConceptIndex> skills;  // those that count for it, in order
  };

  void Vary(const matcher::Person& changed, const DueThing& thing,
            std::vector<MatchSwing>& swings) const;
  MatchSwing Settle(matcher::Topic topic, size_t place) const;

  const matcher::ScoringBasis basis_;
  const matcher::Person& person_;
  std::vector<Match> matches_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_VALUE_OF_KNOWING_H_
