#include "service/rules/validation_rules.h"

#include "service/rules/shared_rules.h"

namespace passend::service {
namespace {

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

}  // namespace

FieldViolations CheckValidation(const v1::Validation& validation, const FieldPath& path,
                                absl::Time now) {
  FieldViolations violations;
  if (!CheckPast(validation.validate_time(), path / "validate_time", now, violations) ||
      !CheckTime(validation.expire_time(), path / "expire_time", violations)) {
    return violations;
  }
  const absl::Time validated =
      validation.has_validate_time() ? ToTime(validation.validate_time()) : now;
  if (validation.has_expire_time() && ToTime(validation.expire_time()) <= validated) {
    violations.push_back({(path / "expire_time").text(), "must be later than validate_time"});
  }
  return violations;
}

}  // namespace passend::service
