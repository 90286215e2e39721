// Policies as messages and as what the scoring core reads.
#ifndef PASSEND_SERVICE_POLICY_PROJECTION_H_
#define PASSEND_SERVICE_POLICY_PROJECTION_H_

#include "matcher/policy.h"
#include "passend/v1/policy.pb.h"

namespace passend::service {

// All numbers of `policy`. A method or a means of travel that is not listed keeps the shipped
// numbers; an entry of no known method or means is passed over. What is published was checked
// before, so both happen only to a policy of another version of Passend.
matcher::Policy PolicyOf(const passend::v1::Policy& policy);

// The numbers only: name, time and rationale are left to the caller. One entry for every method
// and means, in the order of their numbers. The shipped policy is ToProto(matcher::Policy{}).
// PolicyOf(ToProto(p)) == p for every p.
passend::v1::Policy ToProto(const matcher::Policy& policy);

matcher::Weights WeightsOf(const passend::v1::DimensionWeights& weights);
passend::v1::DimensionWeights ToProto(const matcher::Weights& weights);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_POLICY_PROJECTION_H_
