// Lets one partner in, until it is switched off.
#ifndef PASSEND_TESTS_SERVICE_CALL_SWITCHED_AUTHORIZER_H_
#define PASSEND_TESTS_SERVICE_CALL_SWITCHED_AUTHORIZER_H_

#include <atomic>
#include <string>
#include <utility>

#include "service/call/authorizer.h"
#include "service/errors/call_errors.h"

namespace passend::service {

class SwitchedAuthorizer : public Authorizer {
 public:
  // `tenant`: which partner calls.
  explicit SwitchedAuthorizer(std::string tenant) : tenant_(std::move(tenant)) {}

  std::atomic<bool> lets_in = true;

 private:
  absl::StatusOr<Caller> Identify(const Credentials& credentials) const override {
    if (!lets_in) return Unauthenticated("token_expired", "the token has expired");
    return Caller{std::string(credentials.peer), "sync-1", Role::kPartner, tenant_, Proof::kToken};
  }

  const std::string tenant_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_CALL_SWITCHED_AUTHORIZER_H_
