#include "tests/fuzz/known_signer.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "service/credential/compact_jwt.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/input_parts.h"

extern "C" {  // the library's headers do not say so themselves
#include <jose/openssl.h>
}

namespace passend::fuzz {
namespace {

EVP_PKEY* Key() {
  static EVP_PKEY* const key = [] {
    json_t* jwk = json_loads(kKnownKey, 0, nullptr);
    EVP_PKEY* const read = jose_openssl_jwk_to_EVP_PKEY(nullptr, jwk);
    json_decref(jwk);
    Promise(read != nullptr, "the known key is a key");
    return read;
  }();
  return key;
}

// r and s side by side, as JWS has them.
std::string PlainSignature(const unsigned char* der, size_t size) {
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(
      d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size)), ECDSA_SIG_free);
  Promise(signature != nullptr, "the known key signs");
  std::string plain(64, '\0');
  auto* const bytes = reinterpret_cast<unsigned char*>(plain.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes + 32, 32);
  return plain;
}

std::string SignatureOf(const std::string& input) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  unsigned char der[128];
  size_t size = sizeof(der);
  Promise(
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, Key()) == 1 &&
          EVP_DigestSign(context.get(), der, &size,
                         reinterpret_cast<const unsigned char*>(input.data()), input.size()) == 1,
      "the known key signs");
  return PlainSignature(der, size);
}

}  // namespace

ToSign ToSignOf(std::string_view bytes) {
  const std::string_view header = TakePart(bytes);
  return {header.empty() ? R"({"alg":"ES256","kid":"k"})" : std::string(header),
          std::string(bytes)};
}

std::string SignedByKnownKey(const ToSign& parts) {
  using service::Base64UrlOf;
  const std::string input =
      absl::StrCat(Base64UrlOf(parts.header), ".", Base64UrlOf(parts.payload));
  return absl::StrCat(input, ".", Base64UrlOf(SignatureOf(input)));
}

std::string WithOtherPayload(const std::string& jwt, std::string_view payload) {
  return absl::StrCat(jwt.substr(0, jwt.find('.') + 1), service::Base64UrlOf(payload),
                      jwt.substr(jwt.rfind('.')));
}

}  // namespace passend::fuzz
