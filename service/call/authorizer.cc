#include "service/call/authorizer.h"

#include "service/errors/call_errors.h"

namespace passend::service {
namespace {

// gRPC percent-encodes the brackets of an IPv6 peer.
bool IsLocal(std::string_view peer) {
  return peer == "unix:" || peer.starts_with("unix:") || peer.starts_with("ipv4:127.") ||
         peer.starts_with("ipv6:[::1]:") || peer.starts_with("ipv6:%5B::1%5D:") ||
         peer.starts_with("ipv6:[::ffff:127.") || peer.starts_with("ipv6:%5B::ffff:127.");
}

bool RoleAllows(Role role, const MethodRow& method) {
  return role == Role::kOperator || method.least_role == Role::kNone;
}

}  // namespace

absl::StatusOr<Caller> LocalAuthorizer::Admit(std::string_view peer,
                                              const MethodRow& method) const {
  const Caller caller{std::string(peer), IsLocal(peer) ? Role::kOperator : Role::kNone};
  if (!RoleAllows(caller.role, method)) return PermissionDenied();
  return caller;
}

}  // namespace passend::service
