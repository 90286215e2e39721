// An issuer's key, made and used by OpenSSL alone: another hand than the one that checks.
#ifndef PASSEND_TESTS_SERVICE_IDENTITY_SIGNING_KEY_H_
#define PASSEND_TESTS_SERVICE_IDENTITY_SIGNING_KEY_H_

#include <openssl/evp.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace passend::service {

std::string ToBase64Url(const std::string& bytes);

class SigningKey {
 public:
  static SigningKey Rsa(unsigned bits = 2'048);
  static SigningKey Ec(const char* curve = "P-256");

  // Its public part, with `kid`, and `alg` where that is not empty.
  nlohmann::json Jwk(const std::string& key_id, const std::string& algorithm = "") const;

  // The signature of a JWS over `input`: RS256, PS256, ES256, or RS512.
  std::string Sign(const std::string& algorithm, const std::string& input) const;

  EVP_PKEY* get() const { return key_.get(); }
  std::string Pem() const;

 private:
  explicit SigningKey(EVP_PKEY* key) : key_(key, EVP_PKEY_free) {}

  std::shared_ptr<EVP_PKEY> key_;
};

// header.claims.signature.
std::string SignedToken(const SigningKey& key, const nlohmann::json& header,
                        const nlohmann::json& claims);

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_IDENTITY_SIGNING_KEY_H_
