// Callers who prove who they are, for benchmarks that compare the same work with and without.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_TOKEN_BEARER_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_TOKEN_BEARER_H_

#include <memory>
#include <string>

#include "service/call/authorizer.h"
#include "service/identity/token_verifier.h"

namespace passend::service {

// Takes one token, which it makes itself, by the server's own verifier; whoever brings it is the
// local operator. So the same lists are ranked as without tokens: an employer's are made once.
class TokenBearer : public Authorizer {
 public:
  TokenBearer();

  // The value of the header `authorization`.
  const std::string& authorization() const { return authorization_; }

 private:
  absl::StatusOr<Caller> Identify(const Credentials& credentials) const override;

  std::shared_ptr<const KeySet> keys_;
  std::string authorization_;
  TokenVerifier verifier_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_TOKEN_BEARER_H_
