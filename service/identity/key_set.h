// The public keys of an issuer of tokens (RFC 7517), and whether a signature is theirs.
#ifndef PASSEND_SERVICE_IDENTITY_KEY_SET_H_
#define PASSEND_SERVICE_IDENTITY_KEY_SET_H_

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace passend::service {

// All that there are: no others are taken, whatever a token or a key says.
enum class TokenAlgorithm {
  kRs256,  // RSASSA-PKCS1-v1_5 with SHA-256
  kPs256,  // RSASSA-PSS with SHA-256
  kEs256,  // ECDSA on P-256 with SHA-256
};
std::string_view NameOf(TokenAlgorithm algorithm);
std::optional<TokenAlgorithm> AlgorithmNamed(std::string_view name);

struct VerifyingKey {
  // What it may be used with: the key's `alg`, or all that its kind has where it says none.
  std::vector<TokenAlgorithm> algorithms;
  std::string jwk;  // its public part

  bool IsFor(TokenAlgorithm algorithm) const {
    return std::find(algorithms.begin(), algorithms.end(), algorithm) != algorithms.end();
  }
};

// The three parts of a token as they were sent, in base64url.
struct SignedParts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
};

// Immutable; any number of threads may use it.
class KeySet {
 public:
  // Reads a JWK set. Keys for encryption, of other kinds (OKP, P-384) and for other algorithms are
  // left out: issuers publish them beside those for tokens. INVALID_ARGUMENT, and says which key
  // and why, for: no JWK set, no key that is left, more than kKeySetKeysMax, a usable key without
  // `kid`, a `kid` twice, an RSA key of less than kRsaBitsMin or more than kRsaBitsMax bits, values
  // that are no key, a secret part (`d`, `k`): it has to be kept where it is.
  static absl::StatusOr<KeySet> Parse(std::string_view json);

  // Null where there is no such key.
  const VerifyingKey* Find(std::string_view key_id) const;
  size_t size() const { return keys_.size(); }
  const std::map<std::string, VerifyingKey, std::less<>>& by_id() const { return keys_; }

 private:
  std::map<std::string, VerifyingKey, std::less<>> keys_;
};

// Whether the key made the signature with the algorithm. False also where the key is not for it.
bool SignatureHolds(const VerifyingKey& key, TokenAlgorithm algorithm, const SignedParts& parts);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_IDENTITY_KEY_SET_H_
