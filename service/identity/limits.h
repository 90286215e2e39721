// What the proofs of identity are bounded by. Each limit is checked, and named in the error.
#ifndef PASSEND_SERVICE_IDENTITY_LIMITS_H_
#define PASSEND_SERVICE_IDENTITY_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace passend::service {

// A token: gRPC takes 8 KiB of metadata for a call, and the rest of it has to fit beside the token.
inline constexpr size_t kTokenBytesMax = 4'096;

// How far the clocks of issuer and server may be apart, for exp and nbf.
inline constexpr absl::Duration kClockLeeway = absl::Seconds(30);

// A key set: as many keys as a few issuers have while they rotate.
inline constexpr size_t kKeySetBytesMax = size_t{256} << 10;
inline constexpr size_t kKeySetKeysMax = 64;
inline constexpr size_t kKeyIdBytesMax = 200;

// RSA: below is guessed by whoever can pay for it, above costs milliseconds a token.
inline constexpr size_t kRsaBitsMin = 2'048;
inline constexpr size_t kRsaBitsMax = 4'096;

// How often the file of the key set, and those of TLS, are looked at for a change.
inline constexpr absl::Duration kIdentityFileInterval = absl::Seconds(1);

// Tokens whose signature was found good and is not checked again while the keys stay the same: so
// many, twice. Who fills it with good tokens of their own makes others' calls a little slower.
inline constexpr size_t kKnownTokensMax = 2'048;

}  // namespace passend::service

#endif  // PASSEND_SERVICE_IDENTITY_LIMITS_H_
