// What one field may hold, by its rules: checked, and said.
#ifndef PASSEND_SERVICE_VALIDATION_SCALAR_RULES_H_
#define PASSEND_SERVICE_VALIDATION_SCALAR_RULES_H_

#include <optional>
#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/timestamp.pb.h"
#include "service/validation/field_plan.h"

namespace passend::service {

// What is allowed in the field, in words: "a whole number from 1 to 5".
std::string AllowedIn(const FieldPlan& field);

// What is allowed, where the value of a scalar or enum field breaks its rules; `index` for an entry
// of a list.
std::optional<std::string> ScalarViolation(const google::protobuf::Message& message,
                                           const FieldPlan& field, std::optional<int> index);

// What is allowed, where a list has too few or too many entries.
std::optional<std::string> CountViolation(const FieldPlan& field, int count);

// What is allowed, where it is no time.
std::optional<std::string> TimestampViolation(const google::protobuf::Timestamp& time);

// The entry of a list of scalars as text: equal entries have equal texts.
std::string ScalarText(const google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor& field, int index);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATION_SCALAR_RULES_H_
