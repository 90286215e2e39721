// Errors about a call and the server's state, whatever the request.
#ifndef PASSEND_SERVICE_ERRORS_CALL_ERRORS_H_
#define PASSEND_SERVICE_ERRORS_CALL_ERRORS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"

namespace passend::service {

// UNAUTHENTICATED. `cause` is one of those of ERROR_REASON_UNAUTHENTICATED; `why` tells it in
// words, and nothing of what was sent.
absl::Status Unauthenticated(std::string_view cause, std::string_view why);

absl::Status Overloaded();                             // RESOURCE_EXHAUSTED, RetryInfo
absl::Status NotServing();                             // UNAVAILABLE, RetryInfo
absl::Status PermissionDenied();                       // PERMISSION_DENIED
absl::Status DeadlineExceeded();                       // DEADLINE_EXCEEDED
absl::Status Cancelled();                              // CANCELLED
absl::Status NoSuchMethod(std::string_view method);    // UNIMPLEMENTED
absl::Status InternalMistake(std::string_view trace);  // INTERNAL
absl::Status DamagedData(std::string_view what);       // DATA_LOSS; `what`: `a stored passport`
// UNAVAILABLE or RESOURCE_EXHAUSTED, RetryInfo.
absl::Status StoreUnavailable(absl::StatusCode code, std::string_view why);

// UNAVAILABLE or DEADLINE_EXCEEDED, RetryInfo: commit `asked` is not in the index, which has come
// to `reached`.
absl::Status IndexBehind(absl::StatusCode code, uint64_t asked, uint64_t reached);

// `status`, given a reason where it has none: what the store said by its code, and anything else as
// a mistake of ours. Its text, which may tell of folders, stays out of the answer.
absl::Status WithReason(const absl::Status& status, std::string_view trace);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ERRORS_CALL_ERRORS_H_
