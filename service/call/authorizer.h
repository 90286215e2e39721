// Who may call what. Asked before anything of a request is looked at.
#ifndef PASSEND_SERVICE_CALL_AUTHORIZER_H_
#define PASSEND_SERVICE_CALL_AUTHORIZER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/call/call_context.h"
#include "service/call/method_table.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class Authorizer {
 public:
  virtual ~Authorizer() = default;

  // The caller, admitted to the method. PERMISSION_DENIED otherwise.
  virtual absl::StatusOr<Caller> Admit(std::string_view peer, const MethodRow& method) const = 0;
};

// Admits who is on this machine, as operator: the server listens on loopback or a unix socket only,
// and whoever can reach it there could read its files as well.
class LocalAuthorizer : public Authorizer {
 public:
  absl::StatusOr<Caller> Admit(std::string_view peer, const MethodRow& method) const override;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_AUTHORIZER_H_
