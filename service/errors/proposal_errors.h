// Errors about proposing somebody.
#ifndef PASSEND_SERVICE_ERRORS_PROPOSAL_ERRORS_H_
#define PASSEND_SERVICE_ERRORS_PROPOSAL_ERRORS_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/repeated_field.h"
#include "passend/v1/fit.pb.h"

namespace passend::service {

// FAILED_PRECONDITION, with the flags, and their skills where any has one. At least one flag.
absl::Status MotivationNeeded(const google::protobuf::RepeatedPtrField<v1::FlaggedItem>& flags);

// FAILED_PRECONDITION, with the causes. At least one.
absl::Status PersonExcluded(const std::vector<v1::GateCause>& causes);

// ALREADY_EXISTS.
absl::Status ProposalExists(std::string_view name);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ERRORS_PROPOSAL_ERRORS_H_
