// Errors about credentials.
#ifndef PASSEND_SERVICE_ERRORS_CREDENTIAL_ERRORS_H_
#define PASSEND_SERVICE_ERRORS_CREDENTIAL_ERRORS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "passend/v1/error_reason.pb.h"

namespace passend::service {

// INVALID_ARGUMENT, of one credential among others: `reason` is one of CREDENTIAL_..., `what` says
// what is wrong with it. It becomes a line of an import's answer.
absl::Status CredentialRefused(v1::ErrorReason reason, std::string_view what);
// Whether it is that.
bool IsCredentialRefused(const absl::Status& status);

// FAILED_PRECONDITION.
absl::Status NoCredentialKey();
absl::Status NoTrustedIssuers();

// NOT_FOUND. `lists`: how many there are.
absl::Status StatusListNotFound(int32_t number, int32_t lists);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ERRORS_CREDENTIAL_ERRORS_H_
