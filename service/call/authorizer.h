// Who may call what. Asked before anything of a request is looked at.
#ifndef PASSEND_SERVICE_CALL_AUTHORIZER_H_
#define PASSEND_SERVICE_CALL_AUTHORIZER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/call/caller.h"
#include "service/call/method_table.h"

namespace passend::service {

// What a call brings along to say who makes it. Nothing else of its metadata tells of identity.
struct Credentials {
  std::string_view peer;
  std::vector<std::string_view> authorization = {};  // each value of that header
  std::vector<std::string> certificate_uris =
      {};                     // of the client certificate that TLS has verified
  bool through_edge = false;  // deploy/edge says so of every call that it lets through
};

// The one place where a call is admitted: by who makes it, and by the permission table.
//
// Thread safety: all methods may be called from any thread.
class Authorizer {
 public:
  virtual ~Authorizer() = default;

  // The caller, admitted to the method. PERMISSION_DENIED where the table does not allow it, and
  // says nothing more; UNAUTHENTICATED where it is not known who calls.
  absl::StatusOr<Caller> Admit(const Credentials& credentials, const MethodRow& method) const;

 private:
  // Who calls. UNAUTHENTICATED, PERMISSION_DENIED.
  virtual absl::StatusOr<Caller> Identify(const Credentials& credentials) const = 0;
};

// Where no identity is configured: whoever is on this machine is the operator, and may do
// everything. The server listens on loopback or a unix socket only, and whoever can reach it there
// could read its files as well. What comes through an edge comes from elsewhere: UNAUTHENTICATED.
class LocalAuthorizer : public Authorizer {
 private:
  absl::StatusOr<Caller> Identify(const Credentials& credentials) const override;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_AUTHORIZER_H_
