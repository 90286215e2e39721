// What ValidationService answers, without gRPC. Requests have passed the rules of their fields.
#ifndef PASSEND_SERVICE_VALIDATIONS_VALIDATION_HANDLERS_H_
#define PASSEND_SERVICE_VALIDATIONS_VALIDATION_HANDLERS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/validation_service.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/handler_tools.h"
#include "service/names/resource_names.h"
#include "service/rules/validation_rules.h"
#include "service/skill_catalog.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread. Errors as in validation_service.proto;
// nothing is written on any of them.
class ValidationHandlers {
 public:
  // `catalog` must outlive the handlers.
  ValidationHandlers(const HandlerTools& tools, const SkillCatalog& catalog)
      : tools_(tools), catalog_(catalog) {}

  // LIMIT_EXCEEDED above kPassportValidationsMax for one passport.
  absl::StatusOr<v1::RecordValidationsResponse> Record(const CallContext& context,
                                                       const v1::RecordValidationsRequest& request);
  absl::StatusOr<v1::Validation> Revoke(const CallContext& context,
                                        const v1::RevokeValidationRequest& request);
  absl::StatusOr<v1::Validation> Correct(const CallContext& context,
                                         const v1::CorrectValidationRequest& request);
  absl::StatusOr<v1::Validation> Dispute(const CallContext& context,
                                         const v1::DisputeValidationRequest& request);
  absl::StatusOr<v1::Validation> Resolve(const CallContext& context,
                                         const v1::ResolveDisputeRequest& request);
  absl::StatusOr<v1::ListValidationsResponse> List(const CallContext& context,
                                                   const v1::ListValidationsRequest& request) const;

  void BindTo(MethodBindings& bindings);

 private:
  absl::StatusOr<v1::RecordValidationsResponse> Recorded(const std::string& receipt,
                                                         const std::string& parent) const;

  HandlerTools tools_;
  const SkillCatalog& catalog_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATIONS_VALIDATION_HANDLERS_H_
