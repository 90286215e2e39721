#include "service/identity/proven_authorizer.h"

#include <optional>
#include <string_view>

#include "absl/strings/match.h"
#include "service/errors/call_errors.h"
#include "service/identity/certificate_identity.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr std::string_view kScheme = "Bearer ";

}  // namespace

absl::StatusOr<Caller> ProvenAuthorizer::ByToken(const Credentials& credentials) const {
  if (tokens_ == nullptr) {
    return Unauthenticated(
        "token_unexpected",
        "this server takes no tokens; please leave the header authorization out");
  }
  const std::string_view header = credentials.authorization.front();
  if (credentials.authorization.size() > 1 ||
      !absl::StartsWithIgnoreCase(ToAbsl(header), ToAbsl(kScheme))) {
    return Unauthenticated("token_malformed",
                           "the header authorization has to come once, as: Bearer TOKEN");
  }
  return tokens_->Verify(header.substr(kScheme.size()));
}

absl::StatusOr<Caller> ProvenAuthorizer::Identify(const Credentials& credentials) const {
  absl::StatusOr<Caller> caller =
      Unauthenticated("no_credentials", "a token is needed: authorization: Bearer TOKEN");
  if (!credentials.authorization.empty()) {
    caller = ByToken(credentials);
  } else if (certificates_ == Certificates::kIdentify) {
    caller = CallerOfCertificate(credentials.certificate_uris);
  }
  if (caller.ok()) caller->peer = std::string(credentials.peer);
  return caller;
}

}  // namespace passend::service
