// What stands beside the fields of a message (google.api.field_behavior, passend.v1.rules), read
// once for each type: options are looked up by reflection, which costs more than most checks.
#ifndef PASSEND_SERVICE_VALIDATION_FIELD_PLAN_H_
#define PASSEND_SERVICE_VALIDATION_FIELD_PLAN_H_

#include <vector>

#include "google/protobuf/descriptor.h"
#include "passend/v1/field_rules.pb.h"

namespace passend::service {

struct MessagePlan;

struct FieldPlan {
  enum class Holds {
    kScalar,     // or an enum
    kTimestamp,  // google.protobuf.Timestamp
    kOurs,       // a message with rules of its own
    kOthers,     // another message of google.protobuf
  };

  const google::protobuf::FieldDescriptor* field;
  const v1::FieldRules* rules;
  bool output_only;
  bool required;
  Holds holds;
  const MessagePlan* within;  // kOurs only, else null
};

struct MessagePlan {
  std::vector<FieldPlan> fields;  // in the order of the declaration
  // Whether there is an OUTPUT_ONLY field in it, at any depth; true also where that is not known
  // because the type contains itself.
  bool has_output_only = false;
};

// Any number of threads may ask. Lives as long as the program.
const MessagePlan& PlanOf(const google::protobuf::Descriptor& type);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATION_FIELD_PLAN_H_
