#include "tests/fuzz/signed_claims.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/errors/error_status.h"
#include "service/identity/limits.h"
#include "service/identity/token_verifier.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/known_signer.h"

namespace passend::fuzz {
namespace {

using nlohmann::json;
using service::Caller;
using service::KeySet;
using service::TokenVerifier;

constexpr char kIssuer[] = "https://login.example.org";
constexpr char kAudience[] = "passend";
constexpr double kNow = 1'800'000'000;
const double kLeeway = absl::ToDoubleSeconds(service::kClockLeeway);

constexpr char kRight[] =
    R"({"iss":"https://login.example.org","aud":"passend","exp":1800000060,"sub":"anna",)"
    R"("role":"coach","tenant":"step-up"})";

absl::Time& Now() {
  static absl::Time& now = *new absl::Time;
  return now;
}

const TokenVerifier& Verifier() {
  static const TokenVerifier& verifier = *new TokenVerifier(
      {kIssuer, kAudience},
      [keys = std::make_shared<const KeySet>(
           KeySet::Parse(absl::StrCat(R"({"keys":[)", kKnownPublicKey, "]}")).value())] {
        return keys;
      },
      [] { return Now(); });
  return verifier;
}

absl::StatusOr<Caller> VerifyAt(double seconds, const std::string& token) {
  Now() = absl::UnixEpoch() + absl::Seconds(seconds);
  return Verifier().Verify(token);
}

bool Same(const Caller& one, const Caller& other) {
  return one.peer == other.peer && one.subject == other.subject && one.role == other.role &&
         one.tenant == other.tenant && one.proof == other.proof;
}

bool IsFor(const json& audience) {
  return audience == kAudience ||
         (audience.is_array() &&
          std::find(audience.begin(), audience.end(), kAudience) != audience.end());
}

void CheckTaken(const ToSign& parts, const std::string& token, const Caller& caller) {
  const json header = json::parse(parts.header);
  Promise(header.at("alg") == "ES256" && header.at("kid") == "k" && !header.contains("crit"),
          "a token that is taken has a header that is understood");
  const json claims = json::parse(parts.payload);
  Promise(claims.at("iss") == kIssuer, "a token that is taken is of the issuer");
  Promise(IsFor(claims.at("aud")), "and is for this service");
  Promise(claims.at("sub") == caller.subject && service::IsSubject(caller.subject),
          "and names who it is of");
  Promise(claims.at("role") == service::NameOf(caller.role) && caller.role != service::Role::kNone,
          "in which role");
  Promise(claims.at("tenant") == caller.tenant && service::IsTenant(caller.tenant), "and for whom");
  Promise(caller.peer.empty() && caller.proof == service::Proof::kToken, "and nothing else");
  const double expires = claims.at("exp").get<double>();
  Promise(kNow <= expires + kLeeway, "and has not expired");
  Promise(claims.value("nbf", 0.0) <= kNow + kLeeway, "and is valid already");

  const auto again = VerifyAt(kNow, token);
  Promise(again.ok() && Same(*again, caller), "who comes again is the same");
  Promise(!VerifyAt(expires + kLeeway + 1, token).ok(), "who is known is let in no longer");
  if (claims.contains("nbf")) {
    Promise(!VerifyAt(claims["nbf"].get<double>() - kLeeway - 1, token).ok(), "and no earlier");
  }
  Promise(!VerifyAt(kNow, WithOtherPayload(token, parts.payload + " ")).ok(),
          "a signature is for what was signed");
}

// True where the token is taken.
bool Check(const ToSign& parts) {
  const std::string token = SignedByKnownKey(parts);
  const auto caller = VerifyAt(kNow, token);
  if (caller.ok()) {
    CheckTaken(parts, token, *caller);
    return true;
  }
  const auto info = service::ErrorInfoOf(caller.status());
  Promise(absl::IsUnauthenticated(caller.status()) && info && info->metadata().count("cause") > 0,
          "a refusal says why");
  Promise(info->metadata().at("cause") != "token_signature", "the signature is good");
  return false;
}

}  // namespace

void SignedClaims(std::string_view bytes) {
  static const bool reached = Check(ToSignOf(std::string(1, '\0') + kRight));
  Promise(reached, "what is right is taken");
  Check(ToSignOf(bytes));
}

}  // namespace passend::fuzz
