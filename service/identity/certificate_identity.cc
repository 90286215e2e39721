#include "service/identity/certificate_identity.h"

#include <optional>

#include "service/errors/call_errors.h"

namespace passend::service {
namespace {

absl::Status NoIdentity(std::string_view why) {
  return Unauthenticated("certificate_identity", why);
}

std::optional<Caller> CallerOfUri(std::string_view uri) {
  uri.remove_prefix(kIdentityUriScheme.size());
  const size_t first = uri.find('/');
  if (first == std::string_view::npos) return std::nullopt;
  const size_t second = uri.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto role = RoleNamed(uri.substr(0, first));
  const std::string_view tenant = uri.substr(first + 1, second - first - 1);
  const std::string_view subject = uri.substr(second + 1);
  if (!role || !IsTenant(tenant) || !IsSubject(subject)) return std::nullopt;
  return Caller{"", std::string(subject), *role, std::string(tenant), Proof::kCertificate};
}

}  // namespace

absl::StatusOr<Caller> CallerOfCertificate(const std::vector<std::string>& uris) {
  std::string_view ours;
  for (const std::string& uri : uris) {
    if (!uri.starts_with(kIdentityUriScheme)) continue;
    if (!ours.empty()) return NoIdentity("the client certificate names several identities");
    ours = uri;
  }
  if (ours.empty()) {
    return NoIdentity(
        "a token is needed, or a client certificate with the URI passend:role/tenant/subject");
  }
  std::optional<Caller> caller = CallerOfUri(ours);
  if (!caller) {
    return NoIdentity("the client certificate's URI is not passend:role/tenant/subject");
  }
  return *std::move(caller);
}

}  // namespace passend::service
