// What the scoring core reads of a validation.
#ifndef PASSEND_SERVICE_VALIDATIONS_VALIDATION_PROJECTION_H_
#define PASSEND_SERVICE_VALIDATIONS_VALIDATION_PROJECTION_H_

#include <optional>

#include "matcher/certainty.h"
#include "passend/v1/validation.pb.h"

namespace passend::service {

// Established at validate_time, or create_time where that is not set. Nullopt for a method or a
// level that this version does not know.
std::optional<matcher::Validation> ValidationOf(const v1::Validation& validation);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATIONS_VALIDATION_PROJECTION_H_
