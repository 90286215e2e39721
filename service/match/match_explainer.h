// Why one person fits one task or not: MatchService.ExplainMatch, without gRPC.
#ifndef PASSEND_SERVICE_MATCH_MATCH_EXPLAINER_H_
#define PASSEND_SERVICE_MATCH_MATCH_EXPLAINER_H_

#include "absl/status/statusor.h"
#include "passend/v1/match_service.pb.h"
#include "service/call/call_context.h"
#include "service/match/match_parts.h"

namespace passend::service {

// Every term of the fit and every reason. `request` has passed the rules of its fields. Neither
// the passport need be active nor the task open.
//   PASSPORT_NOT_FOUND, TASK_NOT_FOUND, POLICY_NOT_FOUND, WEIGHT_BOUNDS, INVALID_FIELD,
//   UNKNOWN_SKILL, FUTURE_SEQUENCE, INDEX_BEHIND, CANCELLED, DAMAGED_DATA
absl::StatusOr<v1::ExplainMatchResponse> Explain(const CallContext& context,
                                                 const v1::ExplainMatchRequest& request,
                                                 const MatchParts& parts);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_EXPLAINER_H_
