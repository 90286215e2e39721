// Whether a credential is what a trusted issuer signed, and is good now.
#ifndef PASSEND_SERVICE_CREDENTIAL_CREDENTIAL_CHECKER_H_
#define PASSEND_SERVICE_CREDENTIAL_CREDENTIAL_CHECKER_H_

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/credential/issuer_key.h"
#include "service/credential/trusted_issuers.h"

namespace passend::service {

// The issuers that one import goes by: those of the file, and the server itself. Either may be
// null. What the file says of the server's own issuer are its retired keys: what was signed with
// them is the server's own.
struct KnownIssuers {
  std::shared_ptr<const TrustedIssuers> trusted;
  const IssuerKey* own = nullptr;

  bool none() const { return own == nullptr && (trusted == nullptr || trusted->size() == 0); }
};

// The public keys of the server's own issuer, the retired ones too: a JWK set. Needs `own`.
std::string PublishedKeys(const KnownIssuers& issuers);

// A credential that was checked: its issuer is trusted and signed it, and it is good now.
struct CheckedCredential {
  nlohmann::json content;
  std::string issuer;
  std::string issuer_name;  // what the operator calls it
  bool is_own = false;      // this server's
  bool keeps_methods = false;
  std::string id;  // may be empty
  // What the credential and the claims beside it (nbf, exp) have in common; empty: neither says.
  std::optional<absl::Time> valid_from;
  std::optional<absl::Time> valid_until;
};

// Checks a compact JWT of a credential after the W3C data model 2.0. Only ES256 is taken: what the
// header says must be that, and the issuer's key be for it; `crit` is refused, for nothing that it
// could name is known. Claims beside the credential (iss, sub, jti) have to say the same.
//   CREDENTIAL_FORM, _ISSUER, _SIGNATURE, _TIME
absl::StatusOr<CheckedCredential> CheckCredential(std::string_view jwt, const KnownIssuers& issuers,
                                                  absl::Time now);

// Whether member `type`, a text or a list of texts, has `type`.
bool HasType(const nlohmann::json& object, std::string_view type);

// A moment as the data model has it: RFC 3339, with its zone.
std::optional<absl::Time> ParseMoment(const std::string& text);
std::string MomentText(absl::Time moment);  // in UTC, with as many decimals as it has

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_CREDENTIAL_CHECKER_H_
