#include "service/validations/own_sight.h"

#include "absl/strings/str_cat.h"

namespace passend::service {

bool IsOwnSight(const Caller& caller, const v1::Validation& validation) {
  if (caller.role != Role::kCoach || OwnerName(caller).empty()) return false;
  return validation.method() == v1::VALIDATION_METHOD_OBSERVED ||
         validation.method() == v1::VALIDATION_METHOD_WORK_SAMPLE;
}

FieldViolations CheckValidator(const Caller& caller, const v1::Validation& validation,
                               const FieldPath& path) {
  if (!IsOwnSight(caller, validation) || validation.validator().empty()) return {};
  const std::string own = OwnerName(caller);
  if (validation.validator() == own) return {};
  return {{(path / "validator").text(),
           absl::StrCat("must be `", own,
                        "`, which you call for, or be left empty: what you saw is "
                        "under your own name. A partner may carry what another coach saw")}};
}

}  // namespace passend::service
