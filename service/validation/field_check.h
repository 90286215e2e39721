// Checks a message by the rules that stand beside its fields: google.api.field_behavior and
// passend.v1.rules. One place for all requests.
//
//   REQUIRED        must be set: a message field present, a list not empty, a number not 0
//   min, max        a number; 0 in a field without presence counts as not set
//   characters_max  code points of a string, or of each string of a list
//   items_min, max  entries of a list
//   unique          no two equal entries
//   each_by_itself  entries are not looked into; who answers checks each with FindViolations
//   form            of a string that is not empty, or of each string of a list
//   enums           a declared value; in a list not the one with number 0
//   timestamps      within the years 1900 to 9999, with a whole fraction
//   OUTPUT_ONLY     cleared, and not checked
#ifndef PASSEND_SERVICE_VALIDATION_FIELD_CHECK_H_
#define PASSEND_SERVICE_VALIDATION_FIELD_CHECK_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "service/errors/error_status.h"

namespace passend::service {

enum class RequiredFields {
  kMustBeSet,
  // For what an update holds: its mask may leave out what is required. Entries of lists are taken
  // over as a whole, so they must be whole all the same.
  kMayBeMissing,
};

// Clears OUTPUT_ONLY fields, at every depth. google.protobuf messages are left as they are.
void ClearOutputOnly(google::protobuf::Message& message);

// All violations in the order of the fields, each with its path after `prefix`; none: all is well.
// At most kFieldViolationsMax. `prefix` is empty or a path without a dot at its end.
std::vector<FieldViolation> FindViolations(const google::protobuf::Message& message,
                                           std::string_view prefix = "",
                                           RequiredFields required = RequiredFields::kMustBeSet);

// Both, for a request. Where the request has a field `update_mask`, what it updates is checked with
// kMayBeMissing; the handler checks the whole once it knows it. INVALID_FIELD.
absl::Status CheckRequest(google::protobuf::Message& request);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATION_FIELD_CHECK_H_
