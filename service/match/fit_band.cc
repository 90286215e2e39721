#include "service/match/fit_band.h"

#include "matcher/combine.h"

namespace passend::service {

v1::FitBand BandOf(const matcher::Fit& fit) {
  if (fit.outcome != matcher::Outcome::kRanked) return v1::FIT_BAND_UNSPECIFIED;
  if (fit.band.score >= kStrongFrom) return v1::FIT_BAND_STRONG;
  if (fit.band.score >= kGoodFrom) return v1::FIT_BAND_GOOD;
  matcher::Weights weights;
  matcher::DimensionScores adjusted;
  for (int dimension = 0; dimension < matcher::kDimensions; ++dimension) {
    weights[dimension] = fit.dimensions[dimension].weight;
    adjusted[dimension] = fit.dimensions[dimension].band.score;
  }
  adjusted[static_cast<int>(matcher::Dimension::kPace)] = matcher::kWhole;
  adjusted[static_cast<int>(matcher::Dimension::kSupport)] = matcher::kWhole;
  return matcher::Combine(weights, adjusted) >= kGoodFrom ? v1::FIT_BAND_GOOD_WITH_ADJUSTMENTS
                                                          : v1::FIT_BAND_CAN_GROW_INTO_IT;
}

}  // namespace passend::service
