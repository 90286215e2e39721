// What must hold between the fields of a validation.
#ifndef PASSEND_SERVICE_RULES_VALIDATION_RULES_H_
#define PASSEND_SERVICE_RULES_VALIDATION_RULES_H_

#include "absl/time/time.h"
#include "passend/v1/validation.pb.h"
#include "service/rules/field_violation.h"

namespace passend::service {

// validate_time is within the years 1900 to 9999 and not in the future of `now` (CheckPast);
// expire_time is later than validate_time, which is `now` where it is not set.
FieldViolations CheckValidation(const v1::Validation& validation, const FieldPath& path,
                                absl::Time now);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RULES_VALIDATION_RULES_H_
