// What PassportService answers, without gRPC. Requests have passed the rules of their fields.
#ifndef PASSEND_SERVICE_PASSPORT_PASSPORT_HANDLERS_H_
#define PASSEND_SERVICE_PASSPORT_PASSPORT_HANDLERS_H_

#include <string>

#include "absl/status/statusor.h"
#include "passend/v1/passport_service.pb.h"
#include "service/access/access.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/handler_tools.h"
#include "service/names/resource_names.h"
#include "service/policy/current_policy.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread. Errors as in passport_service.proto;
// nothing is written on any of them.
class PassportHandlers {
 public:
  // `policy` must outlive the handlers.
  PassportHandlers(const HandlerTools& tools, const CurrentPolicy& policy)
      : tools_(tools), policy_(policy) {}

  absl::StatusOr<v1::Passport> Create(const CallContext& context,
                                      const v1::CreatePassportRequest& request);
  absl::StatusOr<v1::Passport> Get(const CallContext& context,
                                   const v1::GetPassportRequest& request) const;
  absl::StatusOr<v1::Passport> Update(const CallContext& context,
                                      const v1::UpdatePassportRequest& request);
  absl::StatusOr<v1::ListPassportsResponse> List(const CallContext& context,
                                                 const v1::ListPassportsRequest& request) const;
  absl::StatusOr<v1::ErasePassportResponse> Erase(const CallContext& context,
                                                  const v1::ErasePassportRequest& request);

  void BindTo(MethodBindings& bindings);

 private:
  enum class SkillDetail { kWithValidations, kWithoutValidations };

  // PASSPORT_NOT_FOUND where there is none, or none that is within reach.
  absl::StatusOr<v1::Passport> ReadByName(const CallContext& context, const Access& access,
                                          const std::string& name) const;
  absl::Status FillSkills(v1::Passport& passport, const PassportName& name,
                          SkillDetail detail) const;
  // Of whom nothing is left, and whom another request has erased.
  absl::StatusOr<v1::ErasePassportResponse> AlreadyGone(const CallContext& context,
                                                        const Access& access,
                                                        const v1::ErasePassportRequest& request);

  HandlerTools tools_;
  const CurrentPolicy& policy_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSPORT_PASSPORT_HANDLERS_H_
