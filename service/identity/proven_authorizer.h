// Who calls, where identity is configured: by a token, or by a client certificate.
#ifndef PASSEND_SERVICE_IDENTITY_PROVEN_AUTHORIZER_H_
#define PASSEND_SERVICE_IDENTITY_PROVEN_AUTHORIZER_H_

#include "absl/status/statusor.h"
#include "service/call/authorizer.h"
#include "service/identity/token_verifier.h"

namespace passend::service {

// A token goes before a certificate: where an edge or a portal calls for others, its certificate
// says which machine calls, and the token for whom. A token that is not good is refused, whatever
// certificate there is.
//
// Thread safety: all methods may be called from any thread.
class ProvenAuthorizer : public Authorizer {
 public:
  enum class Certificates { kIdentify, kIgnored };

  // `tokens` must outlive it; null where no tokens are taken.
  ProvenAuthorizer(const TokenVerifier* tokens, Certificates certificates)
      : tokens_(tokens), certificates_(certificates) {}

 private:
  absl::StatusOr<Caller> Identify(const Credentials& credentials) const override;
  absl::StatusOr<Caller> ByToken(const Credentials& credentials) const;

  const TokenVerifier* const tokens_;
  const Certificates certificates_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_IDENTITY_PROVEN_AUTHORIZER_H_
