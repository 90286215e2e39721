// Credentials from elsewhere, as they come and with a signature that is good, their moments, lists
// of their status, and files of issuers who are trusted. The first byte says which.
#include <cstdint>
#include <memory>
#include <string>

#include "service/credential/bit_list.h"
#include "service/credential/credential_checker.h"
#include "service/credential/trusted_issuers.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/signed_credentials.h"

namespace passend::service {
namespace {

using fuzz::Promise;

constexpr char kIssuers[] =
    R"({"issuers":[{"issuer":"https://school.example","name":"School","keys":{"keys":[)"
    R"({"kty":"EC","crv":"P-256","kid":"k","alg":"ES256",)"
    R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
    R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}}]})";

void Credentials(const std::string& text) {
  static const auto& trusted = *new std::shared_ptr<const TrustedIssuers>(
      std::make_shared<const TrustedIssuers>(TrustedIssuers::Parse(kIssuers).value()));
  KnownIssuers issuers;
  issuers.trusted = trusted;
  const auto checked = CheckCredential(text, issuers, absl::FromUnixSeconds(1'800'000'000));
  Promise(!checked.ok(), "nobody can sign with a key that they have not");
}

void Lists(const std::string& text) {
  const auto list = BitList::Unpack(text);
  if (!list) return;
  const auto again = BitList::Unpack(list->Pack());
  Promise(again.has_value() && again->size() == list->size(), "a list can be packed again");
  for (uint32_t index = 0; index < list->size() && index < 4'096; ++index) {
    Promise(again->Has(index) == list->Has(index), "and says the same");
  }
}

void Moments(const std::string& text) {
  const auto moment = ParseMoment(text);
  if (!moment) return;
  Promise(ParseMoment(MomentText(*moment)) == moment, "a moment can be written and read");
}

}  // namespace
}  // namespace passend::service

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0:
      passend::service::Credentials(text);
      break;
    case 1:
      passend::service::Lists(text);
      break;
    case 2:
      static_cast<void>(passend::service::TrustedIssuers::Parse(text));
      break;
    case 3:
      passend::service::Moments(text);
      break;
    default:
      passend::fuzz::SignedCredentials(text);
  }
  return 0;
}
