// A fit of the scoring core as a message.
#ifndef PASSEND_SERVICE_MATCH_FIT_PROJECTION_H_
#define PASSEND_SERVICE_MATCH_FIT_PROJECTION_H_

#include <string_view>

#include "passend/v1/fit.pb.h"
#include "service/match/wording.h"

namespace passend::service {

// How much of a fit is told.
enum class FitDetail {
  kList,  // no terms of the dimensions, at most kReasonsInList reasons
  kFull,  // everything
};

// `score` is in whole points, rounded down, so that 80 points or more is what FitBand calls STRONG.
// Reasons, gates and the question are in `language_code`, for `reader` (wording.h); employers get
// no flags. What else an employer may see of a fit is not decided here.
v1::Fit ToProto(const ScoredPair& pair, std::string_view language_code, const LabelOf& label_of,
                FitDetail detail, Reader reader = Reader::kCoach);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_FIT_PROJECTION_H_
