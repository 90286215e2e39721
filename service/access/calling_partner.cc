#include "service/access/calling_partner.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/call/caller.h"
#include "service/disclosure/disclosure.h"
#include "service/disclosure/disclosure_table.h"
#include "service/errors/call_errors.h"
#include "service/errors/request_errors.h"

namespace passend::service {
namespace {

constexpr char kField[] = "partner";
constexpr std::string_view kPartners = "partners/";

CallingPartner Named(const std::string& name) { return {name, name.substr(kPartners.size())}; }

}  // namespace

bool CallingPartner::Keeps(const v1::Passport& passport) const {
  return std::ranges::find(passport.partners(), name) != passport.partners().end();
}

absl::StatusOr<CallingPartner> PartnerOf(const CallContext& context, const std::string& named) {
  if (context.caller.proof == Proof::kLocal) {
    if (named.empty()) {
      return InvalidField(kField,
                          "must be set, as `partners/{partner}`: this server does not know who "
                          "calls");
    }
    return Named(named);
  }
  const std::string own = OwnerName(context.caller);
  if (context.caller.role != Role::kPartner || own.empty()) return PermissionDenied();
  if (!named.empty() && named != own) {
    return InvalidField(kField,
                        absl::StrCat("must be `", own, "`, which you call for, or be left empty"));
  }
  if (context.disclosure != nullptr) {
    context.disclosure->Allow(OwnGroups(Role::kPartner, v1::PURPOSE_SYNC));
  }
  return Named(own);
}

}  // namespace passend::service
