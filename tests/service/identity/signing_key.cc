#include "tests/service/identity/signing_key.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "absl/strings/escaping.h"

namespace passend::service {
namespace {

std::string BytesOf(const BIGNUM* number, int width = 0) {
  if (width == 0) width = BN_num_bytes(number);
  std::string bytes(static_cast<size_t>(width), '\0');
  EXPECT_EQ(BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), width), width);
  return bytes;
}

std::string NumberOf(EVP_PKEY* key, const char* name, int width = 0) {
  BIGNUM* number = nullptr;
  EXPECT_EQ(EVP_PKEY_get_bn_param(key, name, &number), 1);
  const std::string bytes = BytesOf(number, width);
  BN_free(number);
  return bytes;
}

// r and s side by side, as JWS has them.
std::string PlainEcdsa(const std::string& der) {
  const auto* start = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &start, static_cast<long>(der.size()));
  EXPECT_NE(signature, nullptr);
  const std::string plain =
      BytesOf(ECDSA_SIG_get0_r(signature), 32) + BytesOf(ECDSA_SIG_get0_s(signature), 32);
  ECDSA_SIG_free(signature);
  return plain;
}

}  // namespace

std::string ToBase64Url(const std::string& bytes) {
  std::string text;
  absl::WebSafeBase64Escape(bytes, &text);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

SigningKey SigningKey::Rsa(unsigned bits) { return SigningKey(EVP_RSA_gen(bits)); }
SigningKey SigningKey::Ec(const char* curve) { return SigningKey(EVP_EC_gen(curve)); }

nlohmann::json SigningKey::Jwk(const std::string& key_id, const std::string& algorithm) const {
  nlohmann::json jwk;
  if (EVP_PKEY_is_a(get(), "RSA") == 1) {
    jwk = {{"kty", "RSA"},
           {"n", ToBase64Url(NumberOf(get(), OSSL_PKEY_PARAM_RSA_N))},
           {"e", ToBase64Url(NumberOf(get(), OSSL_PKEY_PARAM_RSA_E))}};
  } else {
    const int bytes = (EVP_PKEY_get_bits(get()) + 7) / 8;
    jwk = {{"kty", "EC"},
           {"crv", bytes == 32 ? "P-256" : "P-384"},
           {"x", ToBase64Url(NumberOf(get(), OSSL_PKEY_PARAM_EC_PUB_X, bytes))},
           {"y", ToBase64Url(NumberOf(get(), OSSL_PKEY_PARAM_EC_PUB_Y, bytes))}};
  }
  jwk["kid"] = key_id;
  if (!algorithm.empty()) jwk["alg"] = algorithm;
  return jwk;
}

std::string SigningKey::Sign(const std::string& algorithm, const std::string& input) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  EVP_PKEY_CTX* options = nullptr;
  const EVP_MD* digest = algorithm == "RS512" ? EVP_sha512() : EVP_sha256();
  EXPECT_EQ(EVP_DigestSignInit(context.get(), &options, digest, nullptr, get()), 1);
  if (algorithm == "PS256") {
    EXPECT_EQ(EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING), 1);
    EXPECT_EQ(EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST), 1);
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(input.data());
  size_t size = 0;
  EXPECT_EQ(EVP_DigestSign(context.get(), nullptr, &size, bytes, input.size()), 1);
  std::string signature(size, '\0');
  EXPECT_EQ(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           bytes, input.size()),
            1);
  signature.resize(size);
  return algorithm == "ES256" ? PlainEcdsa(signature) : signature;
}

std::string SigningKey::Pem() const {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
  EXPECT_EQ(PEM_write_bio_PKCS8PrivateKey(bio.get(), get(), nullptr, nullptr, 0, nullptr, nullptr),
            1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<size_t>(size));
}

std::string SignedToken(const SigningKey& key, const nlohmann::json& header,
                        const nlohmann::json& claims) {
  const std::string input = ToBase64Url(header.dump()) + "." + ToBase64Url(claims.dump());
  return input + "." + ToBase64Url(key.Sign(header.at("alg"), input));
}

}  // namespace passend::service
