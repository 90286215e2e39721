#include "service/records/support_kinds.h"

#include <string_view>

namespace passend::service {

v1::SupportKind SupportKindOf(v1::SupportSolution solution) {
  // The first word of a solution's name is its kind: proto/passend/v1/work.proto.
  const std::string& name = v1::SupportSolution_Name(solution);
  const auto starts_with = [&](std::string_view kind) { return name.starts_with(kind); };
  if (starts_with("SUPPORT_SOLUTION_GUIDANCE_")) return v1::SUPPORT_KIND_GUIDANCE;
  if (starts_with("SUPPORT_SOLUTION_ORGANISATIONAL_")) return v1::SUPPORT_KIND_ORGANISATIONAL;
  if (starts_with("SUPPORT_SOLUTION_TECHNICAL_")) return v1::SUPPORT_KIND_TECHNICAL;
  return v1::SUPPORT_KIND_UNSPECIFIED;
}

}  // namespace passend::service
