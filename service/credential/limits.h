// How much of a credential is taken in, and given out.
#ifndef PASSEND_SERVICE_CREDENTIAL_LIMITS_H_
#define PASSEND_SERVICE_CREDENTIAL_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"
#include "service/identity/limits.h"

namespace passend::service {

// One credential, as in portable.proto; a list of states may be larger.
inline constexpr size_t kCredentialBytesMax = 65'536;
inline constexpr size_t kStatusCredentialBytesMax = 262'144;

// Entries of a list that is given out: as few as the standard allows, so that no reader learns how
// many credentials there are; and bytes of a list that is taken in, unpacked.
inline constexpr uint32_t kStatusListEntries = 131'072;
inline constexpr size_t kUnpackedListBytesMax = size_t{4} << 20;

// How often a random place in a list is tried before the next list is begun: a list is then full to
// about two thirds.
inline constexpr int kPlaceTrials = 20;

// For how long a list is good that is given out: whoever looks at an older one asks again.
inline constexpr absl::Duration kStatusListValidity = absl::Hours(24 * 7);

// Credentials of one person that are out and not ended: about so many can be taken back in one
// commit. From then on a validation that was exported before gets one of its old places again; so
// there are never more than this and kPassportValidationsMax together.
inline constexpr size_t kIssuedCredentialsMax = 20'000;

// Credentials on a page of an export: some 4 KiB each.
inline constexpr int32_t kExportPageDefault = 100;
inline constexpr int32_t kExportPageMax = 500;

// The file of trusted issuers, and how many it may name.
inline constexpr size_t kTrustedIssuersBytesMax = size_t{1} << 20;
inline constexpr size_t kTrustedIssuersMax = 1'000;

// The issuer of a credential; the server's own is a part of the names of its keys.
inline constexpr size_t kIssuerBytesMax = 300;
inline constexpr size_t kOwnIssuerBytesMax = 150;
static_assert(kOwnIssuerBytesMax + 1 + 43 <= kKeyIdBytesMax, "a thumbprint has 43 characters");

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_LIMITS_H_
