// Support: is what the person needs there?
#ifndef PASSEND_MATCHER_SUPPORT_FIT_H_
#define PASSEND_MATCHER_SUPPORT_FIT_H_

#include <vector>

#include "matcher/fit.h"

namespace passend::matcher {

struct SupportFit {
  Band band;
  std::vector<SupportTerm> terms;
  std::vector<Gate> gates;
};

SupportFit ScoreSupport(const SupportPolicy& policy, const Work& work, const Person& person);

// The percent taken for a need, before what is brought along.
int32_t NeededPercent(const SupportPolicy& policy, const SupportNeed& need);

// What the work offers one person on a line, in hundredths of a percent.
int32_t OfferedHundredths(const Work& work, SupportLine line);

// How much a line of need weighs: guidance is scaled so that a full one weighs as much as another
// full need.
int64_t LineWeight(const SupportPolicy& policy, SupportLine line, int32_t needed_percent);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_SUPPORT_FIT_H_
