// Whether the access log and the decision log are whole.
#ifndef PASSEND_SERVICE_AUDIT_LOG_CHECKER_H_
#define PASSEND_SERVICE_AUDIT_LOG_CHECKER_H_

#include "absl/status/statusor.h"
#include "passend/v1/audit_service.pb.h"
#include "service/call/call_context.h"
#include "storage/store.h"

namespace passend::service {

// Follows the journal's chain, and compares every line with what the journal says of it. What is
// wrong is in the answer, not an error. CANCELLED, DEADLINE_EXCEEDED; errors of the store.
absl::StatusOr<v1::CheckAccessLogResponse> CheckLog(const CallContext& context,
                                                    const storage::Store& store,
                                                    const v1::CheckAccessLogRequest& request);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_LOG_CHECKER_H_
