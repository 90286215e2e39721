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
  // A validation that somebody wants recorded, and where it stands in the request.
  struct Asked {
    FieldPath path;
    const v1::Validation& validation;
  };
  absl::Status Check(const Caller& caller, const std::vector<Asked>& all, absl::Time now) const;
  // Fills in what the server says of a validation.
  void Complete(const Caller& caller, const PassportName& parent, absl::Time now,
                v1::Validation& validation) const;
  absl::StatusOr<v1::RecordValidationsResponse> Recorded(const std::string& receipt,
                                                         const std::string& parent) const;

  HandlerTools tools_;
  const SkillCatalog& catalog_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATIONS_VALIDATION_HANDLERS_H_
