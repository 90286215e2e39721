// One score from four: the weighted geometric mean, in the log domain.
#ifndef PASSEND_MATCHER_COMBINE_H_
#define PASSEND_MATCHER_COMBINE_H_

#include <algorithm>
#include <array>

#include "matcher/fit.h"

namespace passend::matcher {

using DimensionScores = std::array<BasisPoints, kDimensions>;
using DimensionBands = std::array<Band, kDimensions>;

// sum(weight * LossOf(score)). Needs every score >= 1.
inline Loss WeightedLoss(const Weights& weights, const DimensionScores& scores) {
  Loss loss = 0;
  for (int dimension = 0; dimension < kDimensions; ++dimension) {
    loss += weights[dimension] * LossOf(scores[dimension]);
  }
  return loss;
}

// The most that WeightedLoss may be for a score of at least `score` (0 or more).
inline Loss LossMaxFor(BasisPoints score) {
  // ScoreOf(sum / kWhole) >= score is the same as sum / kWhole <= LossOf(score).
  return (LossOf(std::max(1, score)) + 1) * kWhole - 1;
}

// ScoreOf(WeightedLoss / kWhole); 0 where any score is 0: no strength buys off a zero.
inline BasisPoints Combine(const Weights& weights, const DimensionScores& scores) {
  for (BasisPoints score : scores) {
    if (score == 0) return 0;
  }
  return ScoreOf(WeightedLoss(weights, scores) / kWhole);
}

inline Band Combine(const Weights& weights, const DimensionBands& bands) {
  DimensionScores low;
  DimensionScores score;
  DimensionScores high;
  for (int dimension = 0; dimension < kDimensions; ++dimension) {
    low[dimension] = bands[dimension].low;
    score[dimension] = bands[dimension].score;
    high[dimension] = bands[dimension].high;
  }
  return {Combine(weights, low), Combine(weights, score), Combine(weights, high)};
}

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_COMBINE_H_
