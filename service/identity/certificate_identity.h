// Who a client certificate says that its holder is: a URI among its alternative names,
// `passend:role/tenant/subject`, such as `passend:partner/gemeente-delft/sync-1`.
#ifndef PASSEND_SERVICE_IDENTITY_CERTIFICATE_IDENTITY_H_
#define PASSEND_SERVICE_IDENTITY_CERTIFICATE_IDENTITY_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/call/caller.h"

namespace passend::service {

inline constexpr std::string_view kIdentityUriScheme = "passend:";

// `uris`: all of a certificate that TLS has verified; those of other schemes say nothing here. The
// caller but for the peer. UNAUTHENTICATED (certificate_identity) where none, or more than one, is
// of our scheme, and where that one names no role, no tenant or no subject.
absl::StatusOr<Caller> CallerOfCertificate(const std::vector<std::string>& uris);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_IDENTITY_CERTIFICATE_IDENTITY_H_
