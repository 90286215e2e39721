// The key that this server signs credentials with, and who it says it is.
#ifndef PASSEND_SERVICE_CREDENTIAL_ISSUER_KEY_H_
#define PASSEND_SERVICE_CREDENTIAL_ISSUER_KEY_H_

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "service/identity/key_set.h"

namespace passend::service {

// Where a server's credentials come from, in words of the open formats.
struct IssuerProfile {
  std::string uri;   // an https URL without a trailing slash, or a did:web
  std::string name;  // for people; empty: the uri
};

// OK for what IssuerProfile.uri may be. INVALID_ARGUMENT, and says what is allowed.
absl::Status CheckIssuerUri(std::string_view uri);

// Where credentials of `issuer` say that their list of states is: an https URL, also for a did:web,
// after the rules of that method. Needs a uri that CheckIssuerUri takes, and number >= 1.
std::string StatusListUri(std::string_view issuer, int number);

// Immutable; any number of threads may use it.
class IssuerKey {
  struct OnlyParse {
    explicit OnlyParse() = default;
  };
  struct Secret;

 public:
  // `text` is a private key on P-256, in PEM (PKCS #8 or SEC 1) or as a JWK. INVALID_ARGUMENT, and
  // says why, never with anything of the key.
  static absl::StatusOr<std::unique_ptr<IssuerKey>> Parse(std::string_view text,
                                                          IssuerProfile profile);
  // Reads the file. INVALID_ARGUMENT, which names it.
  static absl::StatusOr<std::unique_ptr<IssuerKey>> Read(const std::string& path,
                                                         IssuerProfile profile);
  // Use Parse.
  IssuerKey(OnlyParse, std::shared_ptr<const Secret> secret, IssuerProfile profile,
            std::string key_id, std::string key_set, KeySet verifying)
      : secret_(std::move(secret)),
        profile_(std::move(profile)),
        key_id_(std::move(key_id)),
        key_set_(std::move(key_set)),
        verifying_(std::move(verifying)) {}
  IssuerKey(const IssuerKey&) = delete;
  IssuerKey& operator=(const IssuerKey&) = delete;

  const IssuerProfile& profile() const { return profile_; }
  // `{issuer}#{JWK thumbprint}` (RFC 7638): the same key has the same name everywhere.
  const std::string& key_id() const { return key_id_; }
  // The public part: a JWK set with this one key.
  const std::string& key_set() const { return key_set_; }
  // The same, as it verifies.
  const KeySet& verifying() const { return verifying_; }

  // The compact JWT of a credential (VC-JOSE-COSE), signed with ES256. Its header has the public
  // key by name and as it is, as Open Badges 3.0 asks where the name alone gives no key. INTERNAL
  // where the library does not sign.
  absl::StatusOr<std::string> Sign(const nlohmann::json& credential) const;

 private:
  const std::shared_ptr<const Secret> secret_;
  const IssuerProfile profile_;
  const std::string key_id_;
  const std::string key_set_;
  const KeySet verifying_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_ISSUER_KEY_H_
