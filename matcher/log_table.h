// Logarithms of scores by table look-up: integer, and the same everywhere.
#ifndef PASSEND_MATCHER_LOG_TABLE_H_
#define PASSEND_MATCHER_LOG_TABLE_H_

#include <cstdint>

#include "matcher/units.h"

namespace passend::matcher {

// What a score costs in halvings: kHalving is one halving.
using Loss = int64_t;
inline constexpr Loss kHalving = 65'536;

// The integer nearest to kHalving * log2(numerator / denominator). Needs
// 1 <= denominator <= numerator < 2^31.
int64_t Log2Ratio(int64_t numerator, int64_t denominator);

// Log2Ratio(kWhole, score). Needs 1 <= score <= kWhole.
Loss LossOf(BasisPoints score);

// The greatest score that loses at least `loss`, so that ScoreOf(LossOf(s)) == s; 0 when even a
// score of 1 loses less. Needs loss >= 0.
BasisPoints ScoreOf(Loss loss);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_LOG_TABLE_H_
