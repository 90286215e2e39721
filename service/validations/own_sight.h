// What a coach saw is said under the coach's own name.
#ifndef PASSEND_SERVICE_VALIDATIONS_OWN_SIGHT_H_
#define PASSEND_SERVICE_VALIDATIONS_OWN_SIGHT_H_

#include "passend/v1/validation.pb.h"
#include "service/call/caller.h"
#include "service/rules/field_violation.h"

namespace passend::service {

// True where the caller is known as a coach, and the method says that whoever records it saw it:
// OBSERVED, WORK_SAMPLE. All else is a statement of others that is carried; partners carry all.
bool IsOwnSight(const Caller& caller, const v1::Validation& validation);

// Its validator has to be the coach's own name, or empty. `path` is of the validation.
FieldViolations CheckValidator(const Caller& caller, const v1::Validation& validation,
                               const FieldPath& path);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATIONS_OWN_SIGHT_H_
