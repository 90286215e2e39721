#include "service/sync/push_tools.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "service/errors/error_status.h"
#include "service/text.h"

namespace passend::service {
namespace {

v1::PushFault MakeFault(std::string_view field, std::string_view description,
                        v1::ErrorReason reason) {
  v1::PushFault fault;
  fault.set_field(std::string(field));
  fault.set_description(std::string(description));
  fault.set_reason(v1::ErrorReason_Name(reason));
  return fault;
}

}  // namespace

v1::PushFault FaultOf(std::string_view field, std::string_view allowed) {
  return MakeFault(field, allowed, v1::ERROR_REASON_INVALID_FIELD);
}

PushFaults FaultsOf(const absl::Status& error, std::string_view within,
                    std::string_view otherwise) {
  const v1::ErrorReason reason = ReasonOf(error);
  const auto bad_request = BadRequestOf(error);
  if (!bad_request) return {MakeFault(otherwise, ToStd(error.message()), reason)};
  PushFaults faults;
  for (const auto& violation : bad_request->field_violations()) {
    const std::string field =
        within.empty() ? violation.field() : absl::StrCat(ToAbsl(within), ".", violation.field());
    faults.push_back(MakeFault(field, violation.description(), reason));
  }
  return faults;
}

void AddFaults(const FieldViolations& violations, PushFaults& faults) {
  for (const FieldViolation& violation : violations) {
    faults.push_back(FaultOf(violation.field, violation.allowed));
  }
}

}  // namespace passend::service
