#include "service/errors/credential_errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "service/errors/error_status.h"

namespace passend::service {

absl::Status CredentialRefused(v1::ErrorReason reason, std::string_view what) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, what, {});
}

bool IsCredentialRefused(const absl::Status& status) {
  const v1::ErrorReason reason = ReasonOf(status);
  return reason >= v1::ERROR_REASON_CREDENTIAL_FORM &&
         reason <= v1::ERROR_REASON_CREDENTIAL_MEANING;
}

absl::Status NoCredentialKey() {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_NO_CREDENTIAL_KEY,
                   "this server has no key to sign credentials with; its operator gives it one "
                   "with --credential-key-file and --credential-issuer",
                   {});
}

absl::Status NoTrustedIssuers() {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_NO_TRUSTED_ISSUERS,
                   "this server trusts no issuer of credentials; its operator names them with "
                   "--trusted-issuers-file",
                   {});
}

absl::Status StatusListNotFound(int32_t number, int32_t lists) {
  return MakeError(
      absl::StatusCode::kNotFound, v1::ERROR_REASON_STATUS_LIST_NOT_FOUND,
      absl::StrCat("no credential has a place in status list ", number, "; there are ", lists),
      {{"resource", absl::StrCat(number)}, {"lists", absl::StrCat(lists)}});
}

}  // namespace passend::service
