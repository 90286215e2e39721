#include "service/credential/credential_checker.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/credential/compact_jwt.h"
#include "service/credential/limits.h"
#include "service/errors/credential_errors.h"
#include "service/identity/limits.h"
#include "service/identity/strict_json.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr char kDataModel[] = "https://www.w3.org/ns/credentials/v2";

absl::Status Malformed(std::string_view what) {
  return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_FORM, what);
}

absl::Status WrongIssuer(std::string_view what) {
  return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_ISSUER, what);
}

bool IsTypeOfCredential(const nlohmann::json& header) {
  const auto at = header.find("typ");
  return at == header.end() || *at == "vc+jwt" || *at == "vc" || *at == "JWT";
}

// The id of something that is named by a text, or by an object with one.
std::string IdOf(const nlohmann::json& object, const char* member) {
  const auto at = object.find(member);
  if (at == object.end()) return "";
  if (at->is_string()) return at->get<std::string>();
  return at->is_object() ? TextOf(*at, "id").value_or("") : "";
}

// A claim beside the credential that says something else than the credential.
bool Contradicts(const nlohmann::json& payload, const char* claim, const std::string& said) {
  const auto at = payload.find(claim);
  return at != payload.end() && (!at->is_string() || at->get<std::string>() != said);
}

const VerifyingKey* FindKey(const std::vector<const KeySet*>& sets, const std::string& key_id) {
  const size_t fragment = key_id.find('#');  // a DID document names its keys by the fragment
  for (const KeySet* keys : sets) {
    if (const VerifyingKey* key = keys->Find(key_id)) return key;
    if (fragment == std::string::npos) continue;
    if (const VerifyingKey* key = keys->Find(key_id.substr(fragment + 1))) return key;
  }
  return nullptr;
}

const TrustedIssuer* FindTrusted(const KnownIssuers& issuers, const std::string& issuer) {
  return issuers.trusted == nullptr ? nullptr : issuers.trusted->Find(issuer);
}

// Reads who is behind it, and finds the keys. Without keys it is nobody's.
struct Known {
  std::vector<const KeySet*> keys;
  std::string name;
  bool is_own = false;
  bool keeps_methods = false;
};
Known FindIssuer(const KnownIssuers& issuers, const std::string& issuer) {
  Known known;
  if (const TrustedIssuer* trusted = FindTrusted(issuers, issuer)) {
    known = {{&trusted->keys}, trusted->name, false, trusted->keeps_methods};
  }
  if (issuers.own != nullptr && issuers.own->profile().uri == issuer) {
    const IssuerProfile& profile = issuers.own->profile();
    known.keys.insert(known.keys.begin(), &issuers.own->verifying());
    known.name = profile.name.empty() ? profile.uri : profile.name;
    known.is_own = known.keeps_methods = true;
  }
  return known;
}

// Nullopt for what is not in the years 1 to 9999: no text and no Timestamp says that.
std::optional<absl::Time> InWritableYears(absl::Time moment) {
  if (moment < absl::FromUnixSeconds(-62'135'596'800) ||
      moment >= absl::FromUnixSeconds(253'402'300'800)) {
    return std::nullopt;
  }
  return moment;
}

// A NumericDate: whole seconds, or with a fraction. Nullopt where it is none.
std::optional<absl::Time> SecondsOf(const nlohmann::json& value) {
  if (!value.is_number()) return std::nullopt;
  const auto seconds = value.get<double>();
  if (!std::isfinite(seconds)) return std::nullopt;
  return InWritableYears(absl::UnixEpoch() + absl::Seconds(seconds));
}

// Reads a moment that may be missing. False where it is there, and none.
bool ReadMoment(const nlohmann::json& content, const char* member,
                std::optional<absl::Time>& moment) {
  if (!content.contains(member)) return true;
  moment = ParseMoment(TextOf(content, member).value_or(""));
  return moment.has_value();
}

// From when and until when the credential is good.
absl::Status ReadTimes(CheckedCredential& credential, absl::Time now) {
  const nlohmann::json& content = credential.content;
  std::optional<absl::Time>& first = credential.valid_from;
  std::optional<absl::Time>& last = credential.valid_until;
  if (!ReadMoment(content, "validFrom", first)) {
    return Malformed("validFrom is no moment with its time zone");
  }
  if (!ReadMoment(content, "validUntil", last)) {
    return Malformed("validUntil is no moment with its time zone");
  }
  if (const auto claim = content.find("nbf"); claim != content.end()) {
    const auto moment = SecondsOf(*claim);
    if (!moment) return Malformed("nbf is no number of seconds");
    first = std::max(first.value_or(*moment), *moment);
  }
  if (const auto claim = content.find("exp"); claim != content.end()) {
    const auto moment = SecondsOf(*claim);
    if (!moment) return Malformed("exp is no number of seconds");
    // Whole seconds cannot say the fraction that validUntil has.
    if (!last || *moment + absl::Seconds(1) <= *last) last = *moment;
  }
  if (first && *first > now + kClockLeeway) {
    return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_TIME,
                             absl::StrCat("it is valid from ", MomentText(*first)));
  }
  if (last && *last <= now) {
    return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_TIME,
                             absl::StrCat("it was valid until ", MomentText(*last)));
  }
  return absl::OkStatus();
}

}  // namespace

bool HasType(const nlohmann::json& object, std::string_view type) {
  const auto at = object.find("type");
  if (at == object.end()) return false;
  if (at->is_string()) return at->get<std::string>() == type;
  if (!at->is_array()) return false;
  for (const nlohmann::json& entry : *at) {
    if (entry.is_string() && entry.get<std::string>() == type) return true;
  }
  return false;
}

std::optional<absl::Time> ParseMoment(const std::string& text) {
  absl::Time moment;
  std::string error;
  if (text.find('T') == std::string::npos ||
      !absl::ParseTime("%Y-%m-%d%ET%H:%M:%E*S%Ez", text, &moment, &error)) {
    return std::nullopt;
  }
  return InWritableYears(moment);
}

std::string MomentText(absl::Time moment) {
  return absl::FormatTime("%Y-%m-%d%ET%H:%M:%E*SZ", moment, absl::UTCTimeZone());
}

std::string PublishedKeys(const KnownIssuers& issuers) {
  const IssuerKey& own = *issuers.own;
  nlohmann::json set = nlohmann::json::parse(own.key_set());
  if (const TrustedIssuer* retired = FindTrusted(issuers, own.profile().uri)) {
    for (const auto& [id, key] : retired->keys.by_id()) {
      if (id == own.key_id() || !key.IsFor(TokenAlgorithm::kEs256)) continue;
      nlohmann::json jwk = nlohmann::json::parse(key.jwk);
      jwk["alg"] = "ES256";
      jwk["kid"] = id;
      jwk["use"] = "sig";
      set["keys"].push_back(std::move(jwk));
    }
  }
  return set.dump();
}

absl::StatusOr<CheckedCredential> CheckCredential(std::string_view jwt, const KnownIssuers& issuers,
                                                  absl::Time now) {
  auto opened = OpenJwt(jwt);
  if (!opened) return Malformed("it is no compact JWT: header.payload.signature in base64url");
  const nlohmann::json& header = opened->header;
  if (header.contains("crit")) return Malformed("its header has `crit`, which asks for more");
  if (!IsTypeOfCredential(header)) return Malformed("its header's `typ` is not vc+jwt");
  CheckedCredential credential;
  credential.issuer = IdOf(opened->payload, "issuer");
  if (credential.issuer.empty()) {
    return Malformed("it has no issuer; credentials of the data model 1.1 are not taken");
  }
  const Known known = FindIssuer(issuers, credential.issuer);
  if (known.keys.empty()) return WrongIssuer("its issuer is not trusted here");
  if (TextOf(header, "alg") != "ES256") return WrongIssuer("it is not signed with ES256");
  if (Contradicts(header, "iss", credential.issuer)) {
    return WrongIssuer("its header names another issuer");
  }
  const VerifyingKey* key = FindKey(known.keys, TextOf(header, "kid").value_or(""));
  if (key == nullptr || !key->IsFor(TokenAlgorithm::kEs256)) {
    return WrongIssuer("its `kid` is no key of the issuer's for ES256");
  }
  if (!SignatureHolds(*key, TokenAlgorithm::kEs256, opened->parts)) {
    return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_SIGNATURE,
                             "the signature is not of this credential");
  }
  credential.content = std::move(opened->payload);
  const nlohmann::json& content = credential.content;
  const auto context = content.find("@context");
  if (context == content.end() || !context->is_array() || context->empty() ||
      context->front() != kDataModel) {
    return Malformed(absl::StrCat("its first @context is not ", kDataModel));
  }
  if (!HasType(content, "VerifiableCredential")) {
    return Malformed("its type is not VerifiableCredential");
  }
  credential.id = TextOf(content, "id").value_or("");
  credential.issuer_name = known.name;
  credential.is_own = known.is_own;
  credential.keeps_methods = known.keeps_methods;
  const auto subject = content.find("credentialSubject");
  if (Contradicts(content, "iss", credential.issuer) ||
      Contradicts(content, "jti", credential.id) ||
      (subject != content.end() && subject->is_object() &&
       Contradicts(content, "sub", TextOf(*subject, "id").value_or("")))) {
    return Malformed("a claim beside the credential says something else than the credential");
  }
  if (absl::Status good = ReadTimes(credential, now); !good.ok()) return good;
  return credential;
}

}  // namespace passend::service
