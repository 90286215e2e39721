// Pace: can the person keep it up, in their own tempo?
#ifndef PASSEND_MATCHER_PACE_FIT_H_
#define PASSEND_MATCHER_PACE_FIT_H_

#include <span>
#include <vector>

#include "matcher/fit.h"

namespace passend::matcher {

struct PaceFit {
  Band band;
  std::vector<AmountTerm> terms;
  std::vector<Gate> gates;
};

PaceFit ScorePace(const PacePolicy& policy, const Work& work, const Person& person);

// What `has` comes to where `asked` is asked: kWhole when it is enough, falling in a straight line
// to 0 at `asked - tolerance`.
BasisPoints PartFit(int32_t has, int32_t asked, int32_t tolerance);

int32_t ToleranceOf(const PacePolicy& policy, PacePart part);

// The pace that tells most about one part at a kind of work: of the nearest kind, measured before
// expected, newer before older, then the lower amount. Nullptr where no pace tells of that part.
const PersonPace* TellingPace(std::span<const PersonPace> paces, WorkKind kind, PacePart part);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_PACE_FIT_H_
