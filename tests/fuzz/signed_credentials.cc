#include "tests/fuzz/signed_credentials.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/credential/badge.h"
#include "service/credential/credential_checker.h"
#include "service/errors/error_status.h"
#include "service/identity/limits.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/known_signer.h"

namespace passend::fuzz {
namespace {

using nlohmann::json;
using service::CheckedCredential;
using service::KnownIssuers;

constexpr char kSchool[] = "https://school.example";
constexpr char kOwn[] = "https://passend.example.org";
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

constexpr char kRight[] =
    R"({"@context":["https://www.w3.org/ns/credentials/v2"],"issuer":"https://school.example",)"
    R"("type":["VerifiableCredential","OpenBadgeCredential"],"validFrom":"2026-11-22T10:00:00Z",)"
    R"("credentialSubject":{"achievement":{"type":"Achievement","id":"urn:a:b"}}})";

// A school, and the server itself: with the known key by the name that it has for a server, and as
// a retired one.
const KnownIssuers& Issuers() {
  static const auto& issuers = *new KnownIssuers([] {
    const std::string keys = absl::StrCat(R"("keys":{"keys":[)", kKnownPublicKey, "]}}");
    const std::string file =
        absl::StrCat(R"({"issuers":[{"issuer":")", kSchool, R"(","name":"School",)", keys,
                     R"(,{"issuer":")", kOwn, R"(","name":"Retired",)", keys, "]}");
    const auto trusted = service::TrustedIssuers::Parse(file);
    static const auto& own = *service::IssuerKey::Parse(kKnownKey, {kOwn, "We"}).value().release();
    return KnownIssuers{std::make_shared<const service::TrustedIssuers>(trusted.value()), &own};
  }());
  return issuers;
}

// A claim beside the credential that is there is the same text.
bool Agrees(const json& content, const char* claim, const std::string& text) {
  return !content.contains(claim) || content.at(claim) == text;
}

std::string IdWithin(const json& content, const char* member) {
  const auto at = content.find(member);
  if (at == content.end() || !at->is_object()) return "";
  const auto id = at->find("id");
  return id != at->end() && id->is_string() ? id->get<std::string>() : "";
}

void CheckMoment(const std::optional<absl::Time>& moment) {
  if (!moment) return;
  Promise(service::ParseMoment(service::MomentText(*moment)) == moment,
          "a moment that is taken can be written and read");
}

void CheckTimes(const CheckedCredential& credential) {
  const json& content = credential.content;
  const absl::Time latest = kNow + service::kClockLeeway;
  const auto seconds = [](const json& claim) {
    return absl::UnixEpoch() + absl::Seconds(claim.get<double>());
  };
  Promise(credential.valid_from.value_or(kNow) <= latest, "it is good already");
  Promise(credential.valid_until.value_or(absl::InfiniteFuture()) > kNow, "and still good");
  CheckMoment(credential.valid_from);
  CheckMoment(credential.valid_until);
  if (content.contains("validFrom")) {
    Promise(*service::ParseMoment(content.at("validFrom")) <= *credential.valid_from,
            "it is good no earlier than it says");
  }
  if (content.contains("validUntil")) {
    Promise(*service::ParseMoment(content.at("validUntil")) >= *credential.valid_until,
            "and no longer");
  }
  if (content.contains("nbf")) {
    Promise(seconds(content.at("nbf")) <= *credential.valid_from,
            "nor earlier than the claim beside it");
  }
  if (content.contains("exp")) {
    Promise(seconds(content.at("exp")) + absl::Seconds(1) > *credential.valid_until,
            "nor longer than the second of the claim beside it");
  }
}

void CheckIssuer(const CheckedCredential& credential) {
  const json& issuer = credential.content.at("issuer");
  Promise(issuer.is_string() ? issuer == credential.issuer
                             : IdWithin(credential.content, "issuer") == credential.issuer,
          "it is of who it says");
  const bool is_own = credential.issuer == kOwn;
  Promise(is_own || credential.issuer == kSchool, "and that is somebody who is known");
  Promise(credential.is_own == is_own && credential.keeps_methods == is_own &&
              credential.issuer_name == (is_own ? "We" : "School"),
          "by the name that it has here");
}

void CheckBadge(const CheckedCredential& credential) {
  const auto badge = service::ReadBadge(credential);
  if (!badge.ok()) {
    const auto reason = service::ReasonOf(badge.status());
    Promise(reason == v1::ERROR_REASON_CREDENTIAL_SUBJECT ||
                (reason == v1::ERROR_REASON_CREDENTIAL_FORM && !credential.valid_from),
            "a badge that is not read says why");
    return;
  }
  const v1::Validation& read = badge->validation;
  Promise(read.level() >= 0 && read.level() <= 5, "a level is on the scale");
  Promise(read.method() != v1::VALIDATION_METHOD_UNSPECIFIED, "a method is named");
  Promise(credential.keeps_methods || (read.method() != v1::VALIDATION_METHOD_OBSERVED &&
                                       read.method() != v1::VALIDATION_METHOD_WORK_SAMPLE),
          "nobody saw anything who is not believed to");
  Promise(
      service::MomentOf(read.validate_time()) <= *credential.valid_from &&
          service::MomentOf(read.validate_time()) + absl::Nanoseconds(1) > *credential.valid_from,
      "it is of the time of the credential");
  Promise(read.has_expire_time() == credential.valid_until.has_value(), "and ends with it");
  v1::Validation again;
  Promise(again.ParseFromString(read.SerializeAsString()), "what is read can be stored");
}

void CheckTaken(const ToSign& parts, const std::string& jwt, const CheckedCredential& credential) {
  const json header = json::parse(parts.header);
  Promise(header.at("alg") == "ES256" && !header.contains("crit") &&
              Agrees(header, "iss", credential.issuer),
          "a credential that is taken has a header that is understood");
  const json& content = credential.content;
  Promise(content == json::parse(parts.payload), "it says what was signed");
  Promise(service::HasType(content, "VerifiableCredential"), "and is a credential");
  CheckIssuer(credential);
  Promise(Agrees(content, "iss", credential.issuer) && Agrees(content, "jti", credential.id),
          "claims beside it say the same");
  if (content.contains("credentialSubject") && content.at("credentialSubject").is_object()) {
    Promise(Agrees(content, "sub", IdWithin(content, "credentialSubject")),
            "also of whom it is about");
  }
  CheckTimes(credential);
  CheckBadge(credential);
  const auto& until = credential.valid_until;
  Promise(!until || service::ReasonOf(CheckCredential(jwt, Issuers(), *until).status()) ==
                        v1::ERROR_REASON_CREDENTIAL_TIME,
          "it is not taken when its time is over");
  Promise(
      service::ReasonOf(
          CheckCredential(WithOtherPayload(jwt, parts.payload + " "), Issuers(), kNow).status()) ==
          v1::ERROR_REASON_CREDENTIAL_SIGNATURE,
      "a signature is for what was signed");
}

// True where the credential is taken.
bool Check(const ToSign& parts) {
  const std::string jwt = SignedByKnownKey(parts);
  const auto checked = CheckCredential(jwt, Issuers(), kNow);
  if (checked.ok()) {
    CheckTaken(parts, jwt, *checked);
    return true;
  }
  const auto reason = service::ReasonOf(checked.status());
  Promise(reason == v1::ERROR_REASON_CREDENTIAL_FORM ||
              reason == v1::ERROR_REASON_CREDENTIAL_ISSUER ||
              reason == v1::ERROR_REASON_CREDENTIAL_TIME,
          "a credential with a good signature is refused for something else");
  return false;
}

}  // namespace

void SignedCredentials(std::string_view bytes) {
  static const bool reached = Check(ToSignOf(std::string(1, '\0') + kRight));
  Promise(reached, "what is right is taken");
  Check(ToSignOf(bytes));
}

}  // namespace passend::fuzz
