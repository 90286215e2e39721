// Errors about passports, validations, consents, tasks and policies. Names are resource names.
#ifndef PASSEND_SERVICE_ERRORS_RESOURCE_ERRORS_H_
#define PASSEND_SERVICE_ERRORS_RESOURCE_ERRORS_H_

#include <string_view>

#include "absl/status/status.h"

namespace passend::service {

// NOT_FOUND.
absl::Status PassportNotFound(std::string_view name);
absl::Status ValidationNotFound(std::string_view name);
absl::Status TaskNotFound(std::string_view name);
absl::Status PolicyNotFound(std::string_view name);
absl::Status ConsentNotFound(std::string_view name);
absl::Status CandidateNotFound(std::string_view task);

absl::Status DecisionNotFound(std::string_view name);

// FAILED_PRECONDITION.
absl::Status AuditLogOff();
absl::Status BackupsOff();

// ABORTED. `etag` is the one that it has now.
absl::Status EtagMismatch(std::string_view name, std::string_view etag);

// ALREADY_EXISTS.
absl::Status TaskExists(std::string_view name);

// FAILED_PRECONDITION.
absl::Status TaskClosed(std::string_view name);
absl::Status AlreadyRevoked(std::string_view name);
absl::Status ConsentMissing();
absl::Status AlreadyDisputed(std::string_view name);
absl::Status NotDisputed(std::string_view name);
absl::Status DisputeOfOwn(std::string_view name);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ERRORS_RESOURCE_ERRORS_H_
