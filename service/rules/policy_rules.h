// What must hold between the fields of a policy.
#ifndef PASSEND_SERVICE_RULES_POLICY_RULES_H_
#define PASSEND_SERVICE_RULES_POLICY_RULES_H_

#include "passend/v1/policy.pb.h"
#include "service/rules/field_violation.h"

namespace passend::service {

// Weights sum to 10000; no least weight is above its weight, and wishes and support keep the least
// that no policy may go below; each method and each means of travel exactly once.
FieldViolations CheckPolicy(const v1::Policy& policy, const FieldPath& path);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RULES_POLICY_RULES_H_
