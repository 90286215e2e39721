// A fit in the four words that an employer may see.
#ifndef PASSEND_SERVICE_MATCH_FIT_BAND_H_
#define PASSEND_SERVICE_MATCH_FIT_BAND_H_

#include "matcher/fit.h"
#include "passend/v1/fit.pb.h"

namespace passend::service {

inline constexpr matcher::BasisPoints kStrongFrom = 8'000;
inline constexpr matcher::BasisPoints kGoodFrom = 6'000;

// STRONG from kStrongFrom, GOOD from kGoodFrom; below that GOOD_WITH_ADJUSTMENTS where the score
// would be kGoodFrom or more with pace and support in full, else CAN_GROW_INTO_IT. UNSPECIFIED
// unless ranked.
v1::FitBand BandOf(const matcher::Fit& fit);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_FIT_BAND_H_
