// Tokens, key sets, and the names in certificates: nothing that was not signed is believed. An
// input with a zero byte is signed: a header and claims.
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/credential/compact_jwt.h"
#include "service/identity/certificate_identity.h"
#include "service/identity/key_set.h"
#include "service/identity/strict_json.h"
#include "service/identity/token_verifier.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/signed_claims.h"

namespace passend::service {
namespace {

// A public key whose secret part is nowhere.
constexpr char kKeys[] = R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k","alg":"ES256",)"
                         R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                         R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

const TokenVerifier& Verifier() {
  static const TokenVerifier& verifier = *new TokenVerifier(
      {"https://login.example.org", "passend"},
      [keys = std::make_shared<const KeySet>(KeySet::Parse(kKeys).value())] { return keys; },
      [] { return absl::FromUnixSeconds(1'800'000'000); });
  return verifier;
}

}  // namespace
}  // namespace passend::service

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace passend::service;
  using passend::fuzz::Promise;
  const std::string text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(ParseStrictObject(text));
  if (const auto bytes = FromBase64Url(text)) {
    Promise(Base64UrlOf(*bytes) == text, "base64url is written in one way");
  }
  if (const auto keys = KeySet::Parse(text); keys.ok()) {
    Promise(keys->size() > 0, "a key set that is taken has keys");
  }
  static_cast<void>(OpenJwt(text));
  if (const auto caller = CallerOfCertificate({text}); caller.ok()) {
    Promise(absl::StrCat("passend:", std::string(NameOf(caller->role)), "/", caller->tenant, "/",
                         caller->subject) == text,
            "a certificate names somebody in one way");
  }
  Promise(!Verifier().Verify(text).ok(), "nobody can sign with a key that they have not");
  if (text.find('\0') != std::string::npos) passend::fuzz::SignedClaims(text);
  return 0;
}
