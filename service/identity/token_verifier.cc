#include "service/identity/token_verifier.h"

#include <cmath>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/errors/call_errors.h"
#include "service/identity/limits.h"
#include "service/identity/strict_json.h"

namespace passend::service {
namespace {

constexpr double kSecondsMax = 253'402'300'799;  // the end of the year 9999

absl::Status Malformed() {
  return Unauthenticated("token_malformed",
                         "the token is no signed JWT: header.claims.signature in base64url");
}

absl::Status WrongClaim(const char* claim) {
  return Unauthenticated("token_claims",
                         absl::StrCat("the token's claim `", claim,
                                      "` is missing, or is not of its form; see the README"));
}

std::optional<SignedParts> PartsOf(std::string_view token) {
  const size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  SignedParts parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
                    token.substr(second + 1)};
  if (parts.signature.empty() || !FromBase64Url(parts.signature)) return std::nullopt;
  return parts;
}

// A NumericDate: seconds since 1970, fractions allowed.
std::optional<absl::Time> TimeOf(const nlohmann::json& claims, const char* claim) {
  const auto at = claims.find(claim);
  if (at == claims.end() || !at->is_number()) return std::nullopt;
  const auto seconds = at->get<double>();
  if (!std::isfinite(seconds) || seconds < 0 || seconds > kSecondsMax) return std::nullopt;
  return absl::UnixEpoch() + absl::Seconds(seconds);
}

bool Names(const nlohmann::json& claims, const std::string& audience) {
  const auto at = claims.find("aud");
  if (at == claims.end()) return false;
  if (at->is_string()) return *at == audience;
  if (!at->is_array()) return false;
  bool named = false;
  for (const auto& entry : *at) {
    if (!entry.is_string()) return false;
    named |= entry == audience;
  }
  return named;
}

// Who it is of, and when; the claims of a token whose signature is good.
absl::StatusOr<KnownToken> ReadClaims(const nlohmann::json& claims, const TokenRules& rules) {
  if (TextOf(claims, "iss") != rules.issuer) {
    return Unauthenticated("token_issuer", "the token is of another issuer");
  }
  if (!Names(claims, rules.audience)) {
    return Unauthenticated("token_audience", "the token is for another audience");
  }
  KnownToken token;
  const auto expires = TimeOf(claims, "exp");
  if (!expires) return WrongClaim("exp");
  token.expires = *expires;
  if (claims.contains("nbf")) {
    const auto not_before = TimeOf(claims, "nbf");
    if (!not_before) return WrongClaim("nbf");
    token.not_before = *not_before;
  }
  const auto subject = TextOf(claims, "sub");
  if (!subject || !IsSubject(*subject)) return WrongClaim("sub");
  const auto role = RoleNamed(TextOf(claims, "role").value_or(""));
  if (!role) return WrongClaim("role");
  const auto tenant = TextOf(claims, "tenant");
  if (!tenant || !IsTenant(*tenant)) return WrongClaim("tenant");
  token.caller = {"", *subject, *role, *tenant, Proof::kToken};
  return token;
}

}  // namespace

TokenVerifier::TokenVerifier(TokenRules rules, std::function<std::shared_ptr<const KeySet>()> keys,
                             std::function<absl::Time()> now)
    : rules_(std::move(rules)), keys_(std::move(keys)), now_(std::move(now)) {}

absl::StatusOr<Caller> TokenVerifier::Verify(std::string_view token) const {
  if (token.size() > kTokenBytesMax) {
    return Unauthenticated("token_too_large",
                           absl::StrCat("the token has more than ", kTokenBytesMax, " bytes"));
  }
  const std::shared_ptr<const KeySet> keys = keys_();
  if (const auto known = known_.Find(token, keys)) return CheckTime(*known);
  absl::StatusOr<KnownToken> read = Read(token, *keys);
  if (!read.ok()) return read.status();
  absl::StatusOr<Caller> caller = CheckTime(*read);
  if (caller.ok()) known_.Add(token, keys, *std::move(read));
  return caller;
}

absl::StatusOr<KnownToken> TokenVerifier::Read(std::string_view token, const KeySet& keys) const {
  const auto parts = PartsOf(token);
  if (!parts) return Malformed();
  const auto header = ParseJwsHeader(parts->header);
  if (!header || header->contains("crit")) return Malformed();
  const auto algorithm = AlgorithmNamed(TextOf(*header, "alg").value_or(""));
  if (!algorithm) {
    return Unauthenticated("token_algorithm", "the token is not signed with RS256, PS256 or ES256");
  }
  const VerifyingKey* key = keys.Find(TextOf(*header, "kid").value_or(""));
  if (key == nullptr || !key->IsFor(*algorithm)) {
    return Unauthenticated("token_key", "the token is signed with no key that is known for it");
  }
  if (!SignatureHolds(*key, *algorithm, *parts)) {
    return Unauthenticated("token_signature", "the signature is not of this token");
  }
  const auto claims = ParseJwsPart(parts->payload);
  if (!claims) return Malformed();
  return ReadClaims(*claims, rules_);
}

absl::StatusOr<Caller> TokenVerifier::CheckTime(const KnownToken& token) const {
  const absl::Time now = now_();
  if (now > token.expires + kClockLeeway) {
    return Unauthenticated("token_expired", "the token has expired; please ask for a new one");
  }
  if (now < token.not_before - kClockLeeway) {
    return Unauthenticated("token_not_yet_valid", "the token is not valid yet");
  }
  return token.caller;
}

}  // namespace passend::service
