#include "tests/benchmarks/service/token_bearer.h"

#include <utility>

#include "absl/time/clock.h"
#include "service/errors/call_errors.h"
#include "tests/service/identity/signing_key.h"

namespace passend::service {
namespace {

constexpr char kScheme[] = "Bearer ";
constexpr char kIssuer[] = "https://login.example.org";
constexpr char kAudience[] = "passend";
constexpr char kKeyId[] = "benchmark";

}  // namespace

TokenBearer::TokenBearer()
    : verifier_(
          {kIssuer, kAudience}, [this] { return keys_; }, absl::Now) {
  const SigningKey key = SigningKey::Ec();
  keys_ = std::make_shared<const KeySet>(
      KeySet::Parse(nlohmann::json{{"keys", {key.Jwk(kKeyId)}}}.dump()).value());
  authorization_ = kScheme + SignedToken(key, {{"alg", "ES256"}, {"kid", kKeyId}},
                                         {{"iss", kIssuer},
                                          {"aud", kAudience},
                                          {"exp", absl::ToUnixSeconds(absl::Now()) + 86'400},
                                          {"sub", "benchmark"},
                                          {"role", "operator"},
                                          {"tenant", "benchmark"}});
}

absl::StatusOr<Caller> TokenBearer::Identify(const Credentials& credentials) const {
  if (credentials.authorization.size() != 1 ||
      !credentials.authorization.front().starts_with(kScheme)) {
    return PermissionDenied();
  }
  auto caller = verifier_.Verify(credentials.authorization.front().substr(sizeof(kScheme) - 1));
  if (!caller.ok()) return caller;
  caller->peer = std::string(credentials.peer);
  caller->proof = Proof::kLocal;
  return caller;
}

}  // namespace passend::service
