#include "service/call/authorizer.h"

#include "service/call/permission_table.h"
#include "service/errors/call_errors.h"

namespace passend::service {
namespace {

// gRPC percent-encodes the brackets of an IPv6 peer.
bool IsLocal(std::string_view peer) {
  return peer == "unix:" || peer.starts_with("unix:") || peer.starts_with("ipv4:127.") ||
         peer.starts_with("ipv6:[::1]:") || peer.starts_with("ipv6:%5B::1%5D:") ||
         peer.starts_with("ipv6:[::ffff:127.") || peer.starts_with("ipv6:%5B::ffff:127.");
}

}  // namespace

absl::StatusOr<Caller> Authorizer::Admit(const Credentials& credentials,
                                         const MethodRow& method) const {
  absl::StatusOr<Caller> caller = Identify(credentials);
  if (!caller.ok()) return caller;
  if (PermissionOf(*caller, method.name) == Permission::kNo) return PermissionDenied();
  return caller;
}

absl::StatusOr<Caller> LocalAuthorizer::Identify(const Credentials& credentials) const {
  if (!IsLocal(credentials.peer)) return PermissionDenied();
  if (credentials.through_edge) {
    return Unauthenticated("edge_without_identity",
                           "the call came through an edge, and this server takes no tokens; its "
                           "operator has to give it --token-keys");
  }
  Caller caller;
  caller.peer = std::string(credentials.peer);
  caller.role = Role::kOperator;
  caller.proof = Proof::kLocal;
  return caller;
}

}  // namespace passend::service
