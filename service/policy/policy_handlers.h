// What PolicyService answers, without gRPC. Requests have passed the rules of their fields.
#ifndef PASSEND_SERVICE_POLICY_POLICY_HANDLERS_H_
#define PASSEND_SERVICE_POLICY_POLICY_HANDLERS_H_

#include "absl/status/statusor.h"
#include "passend/v1/policy_service.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/handler_tools.h"
#include "service/policy/current_policy.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread. Errors as in policy_service.proto;
// nothing is written on any of them. Versions count from 1 without a gap.
class PolicyHandlers {
 public:
  // `current` must outlive the handlers.
  PolicyHandlers(const HandlerTools& tools, CurrentPolicy& current)
      : tools_(tools), current_(current) {}

  absl::StatusOr<v1::Policy> Get(const CallContext& context,
                                 const v1::GetPolicyRequest& request) const;
  absl::StatusOr<v1::ListPoliciesResponse> List(const CallContext& context,
                                                const v1::ListPoliciesRequest& request) const;
  absl::StatusOr<v1::Policy> Publish(const CallContext& context,
                                     const v1::PublishPolicyRequest& request);

  void BindTo(MethodBindings& bindings);

 private:
  absl::StatusOr<v1::Policy> ReadByName(const std::string& name) const;

  HandlerTools tools_;
  CurrentPolicy& current_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_POLICY_POLICY_HANDLERS_H_
