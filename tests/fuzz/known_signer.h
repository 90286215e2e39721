// Signs a fuzzer's bytes, so that what is behind a signature is read of them too.
#ifndef PASSEND_TESTS_FUZZ_KNOWN_SIGNER_H_
#define PASSEND_TESTS_FUZZ_KNOWN_SIGNER_H_

#include <string>
#include <string_view>

namespace passend::fuzz {

// The example of RFC 7517, A.2: a key that everybody knows. A JWK with its secret part, and
// without.
inline constexpr char kKnownKey[] = R"({"kty":"EC","crv":"P-256",
  "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
  "d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"})";
inline constexpr char kKnownPublicKey[] = R"({"kty":"EC","crv":"P-256","kid":"k","alg":"ES256",
  "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})";

// An input that is to be signed: a header, a zero byte, a payload. Where the header is empty it is
// the usual one, which names kKnownPublicKey.
struct ToSign {
  std::string header;
  std::string payload;
};
ToSign ToSignOf(std::string_view bytes);

// header.payload.signature, with ES256; whatever bytes they are.
std::string SignedByKnownKey(const ToSign& parts);

// The same signature under another payload.
std::string WithOtherPayload(const std::string& jwt, std::string_view payload);

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_KNOWN_SIGNER_H_
