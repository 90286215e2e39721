// Which partner a call is for.
#ifndef PASSEND_SERVICE_ACCESS_CALLING_PARTNER_H_
#define PASSEND_SERVICE_ACCESS_CALLING_PARTNER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "passend/v1/passport.pb.h"
#include "service/call/call_context.h"

namespace passend::service {

struct CallingPartner {
  std::string name;  // `partners/{partner}`
  std::string id;

  // Whether the passport is the partner's own.
  bool Keeps(const v1::Passport& passport) const;
};

// The caller itself; where it is not known who calls, the one that the request names. Allows the
// answer to tell what partners see of what is their own. INVALID_FIELD with the field `partner`
// where it is missing, or is another one than the caller; PERMISSION_DENIED for callers that are no
// partner.
absl::StatusOr<CallingPartner> PartnerOf(const CallContext& context, const std::string& named);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ACCESS_CALLING_PARTNER_H_
