// What to renew or to find out first for one person: ValidationService.ListDue, without gRPC.
#ifndef PASSEND_SERVICE_EVIDENCE_DUE_LISTER_H_
#define PASSEND_SERVICE_EVIDENCE_DUE_LISTER_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "passend/v1/validation_service.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/match/match_parts.h"

namespace passend::service {

// Matches that a thing is weighed against: the best of the list, as FindTasks has it, and the
// closed ones that come nearest, which a renewed skill may open.
inline constexpr size_t kDueTasksMax = 50;
inline constexpr size_t kDueNearestMax = 5;
inline constexpr int32_t kDuePageSizeDefault = 10;
inline constexpr int32_t kDuePageSizeMax = 100;
inline constexpr size_t kDueEffectsMax = 3;

// `request` has passed the rules of its fields. What is in the list, in which order: due_order.h.
//   PASSPORT_NOT_FOUND, INVALID_FIELD, FUTURE_SEQUENCE, INDEX_BEHIND, CANCELLED, DEADLINE_EXCEEDED,
//   DAMAGED_DATA
absl::StatusOr<v1::ListDueResponse> ListDue(const CallContext& context,
                                            const v1::ListDueRequest& request,
                                            const MatchParts& parts);

// `parts` must outlive the bindings.
void BindListDue(MethodBindings& bindings, const MatchParts& parts);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_DUE_LISTER_H_
