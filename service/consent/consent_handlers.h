// What ConsentService answers, without gRPC. Requests have passed the rules of their fields.
#ifndef PASSEND_SERVICE_CONSENT_CONSENT_HANDLERS_H_
#define PASSEND_SERVICE_CONSENT_CONSENT_HANDLERS_H_

#include <string>

#include "absl/status/statusor.h"
#include "passend/v1/consent_service.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/consent/consent_book.h"
#include "service/handler_tools.h"

namespace passend::service {

// Who grants, and with whom: a person shares their own passport. A coach who has it in its caseload
// records what the person said, and how, and never in its own favour. A partner only takes back.
//
// Thread safety: all methods may be called from any thread. Errors as in consent_service.proto;
// nothing is written on any of them.
class ConsentHandlers {
 public:
  explicit ConsentHandlers(const HandlerTools& tools) : tools_(tools) {}

  absl::StatusOr<v1::Consent> Grant(const CallContext& context,
                                    const v1::GrantConsentRequest& request);
  absl::StatusOr<v1::Consent> Revoke(const CallContext& context,
                                     const v1::RevokeConsentRequest& request);
  absl::StatusOr<v1::ListConsentsResponse> List(const CallContext& context,
                                                const v1::ListConsentsRequest& request) const;
  absl::StatusOr<v1::ListRevealsResponse> ListReveals(const CallContext& context,
                                                      const v1::ListRevealsRequest& request) const;

  void BindTo(MethodBindings& bindings);

 private:
  absl::Status Check(const CallContext& context, const v1::Consent& consent, absl::Time now) const;
  // That the consent's tasks are there, and its audience's.
  absl::Status CheckTasks(const v1::Consent& consent) const;
  absl::StatusOr<v1::Consent> ReadByName(const std::string& name) const;

  HandlerTools tools_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CONSENT_CONSENT_HANDLERS_H_
