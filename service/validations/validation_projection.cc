#include "service/validations/validation_projection.h"

#include "service/match/projection.h"

namespace passend::service {

std::optional<matcher::Validation> ValidationOf(const v1::Validation& validation) {
  const int method = validation.method() - v1::VALIDATION_METHOD_SELF_DECLARED;
  if (method < 0 || method >= matcher::kMethods) return std::nullopt;
  if (validation.level() < 1 || validation.level() > matcher::kLevelMax) return std::nullopt;
  matcher::Validation read{};
  read.method = static_cast<matcher::Method>(method);
  read.level = static_cast<int8_t>(validation.level());
  read.validated =
      DayOf(validation.has_validate_time() ? validation.validate_time() : validation.create_time());
  if (validation.has_expire_time()) read.expires = DayOf(validation.expire_time());
  if (validation.has_revoke_time()) read.revoked = DayOf(validation.revoke_time());
  return read;
}

}  // namespace passend::service
