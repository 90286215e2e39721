// What a matching question may set, with its defaults filled in and its bounds checked.
#ifndef PASSEND_SERVICE_MATCH_MATCH_OPTIONS_H_
#define PASSEND_SERVICE_MATCH_MATCH_OPTIONS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "matcher/reference_scorer.h"
#include "passend/v1/match_service.pb.h"
#include "service/match/match_view.h"

namespace passend::service {

struct ResolvedOptions {
  uint32_t policy_version = 0;
  matcher::ScoringBasis basis;  // points into the view's catalog
  std::string language_code;
  std::string seed;
};

// `options` has passed the rules of its fields; paths in errors start with `options`.
//   POLICY_NOT_FOUND
//   WEIGHT_BOUNDS  a weight under the policy's least, or a sum other than 10000
//   INVALID_FIELD  as_of_time outside the years 1900 to 9999
absl::StatusOr<ResolvedOptions> Resolve(const v1::MatchOptions& options, const MatchView& view,
                                        absl::Time now, const std::string& default_seed);

// What an answer was made with.
v1::MatchBasis BasisOf(const ResolvedOptions& options, const MatchView& view);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_OPTIONS_H_
