// How an error is carried inside the service: an absl::Status whose payloads are the details of
// google.rpc.Status (AIP-193). Callers use the named helpers beside this file.
#ifndef PASSEND_SERVICE_ERRORS_ERROR_STATUS_H_
#define PASSEND_SERVICE_ERRORS_ERROR_STATUS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "passend/v1/error_reason.pb.h"
#include "service/rules/field_violation.h"

namespace passend::service {

inline constexpr std::string_view kErrorDomain = "passend";

using ErrorMetadata = std::map<std::string, std::string>;

// An error with its ErrorInfo.
absl::Status MakeError(absl::StatusCode code, v1::ErrorReason reason, std::string_view message,
                       const ErrorMetadata& metadata);

// The same with BadRequest. Needs a violation at least; the first gives the metadata's `field`, and
// the message names it. Above kFieldViolationsMax the rest is left out.
absl::Status MakeFieldError(v1::ErrorReason reason, const std::vector<FieldViolation>& violations,
                            ErrorMetadata metadata = {},
                            absl::StatusCode code = absl::StatusCode::kInvalidArgument);

// Adds RetryInfo.
absl::Status WithRetryDelay(absl::Status status, absl::Duration delay);

// What an error carries; nullopt where it carries none.
std::optional<google::rpc::ErrorInfo> ErrorInfoOf(const absl::Status& status);
std::optional<google::rpc::BadRequest> BadRequestOf(const absl::Status& status);
std::optional<google::rpc::RetryInfo> RetryInfoOf(const absl::Status& status);

// The reason; UNSPECIFIED for OK and for an error without ErrorInfo.
v1::ErrorReason ReasonOf(const absl::Status& status);

// What goes into the trailer `grpc-status-details-bin`: code, message, all payloads, ErrorInfo
// first.
google::rpc::Status ToRpcStatus(const absl::Status& status);

// `text` as an error may repeat it: cut to kEchoedBytesMax, at the start of a character.
std::string Echoed(std::string_view text);

// `text`, cut to about `bytes_max` at the start of a character, with an ellipsis where it was cut.
std::string Shortened(std::string_view text, size_t bytes_max);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ERRORS_ERROR_STATUS_H_
