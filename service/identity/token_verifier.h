// Who a bearer token says that its holder is: a signed JWT (RFC 7515, 7519) of one issuer.
#ifndef PASSEND_SERVICE_IDENTITY_TOKEN_VERIFIER_H_
#define PASSEND_SERVICE_IDENTITY_TOKEN_VERIFIER_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/call/caller.h"
#include "service/identity/key_set.h"
#include "service/identity/known_tokens.h"

namespace passend::service {

// What a token has to say to be taken here.
struct TokenRules {
  std::string issuer;    // `iss`, letter by letter
  std::string audience;  // `aud` is this, or a list that has it
};

// A token is taken when
//   - its header names RS256, PS256 or ES256 in `alg`, a known key in `kid`, that key is for that
//     algorithm, and there is no `crit`;
//   - the signature is of that key, over exactly these bytes in their one spelling;
//   - `iss` and `aud` are those of the rules; `exp` has not passed and `nbf`, where there is one,
//   is
//     not to come, with kClockLeeway for both;
//   - `sub` is a subject, `role` one of employer, coach, partner, person, operator, auditor, and
//     `tenant` an id: of the organisation, or of the person's passport.
//
// Thread safety: all methods may be called from any thread.
class TokenVerifier {
 public:
  // `keys` gives the set in force; `now` the time.
  TokenVerifier(TokenRules rules, std::function<std::shared_ptr<const KeySet>()> keys,
                std::function<absl::Time()> now);

  // Who the token is of, but for the peer. UNAUTHENTICATED with the cause, and nothing of what the
  // token says.
  absl::StatusOr<Caller> Verify(std::string_view token) const;

 private:
  absl::StatusOr<KnownToken> Read(std::string_view token, const KeySet& keys) const;
  absl::StatusOr<Caller> CheckTime(const KnownToken& token) const;

  const TokenRules rules_;
  const std::function<std::shared_ptr<const KeySet>()> keys_;
  const std::function<absl::Time()> now_;
  mutable KnownTokens known_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_IDENTITY_TOKEN_VERIFIER_H_
