#include "service/identity/proven_authorizer.h"

#include <gtest/gtest.h>

#include <optional>

#include "absl/strings/str_cat.h"
#include "service/errors/error_status.h"
#include "service/text.h"
#include "tests/service/identity/signing_key.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

constexpr char kPartner[] = "passend:partner/gemeente-delft/sync-1";

class ProvenAuthorizerTest : public testing::Test {
 protected:
  using Certificates = ProvenAuthorizer::Certificates;

  static std::string Token() {
    return SignedToken(Key(), {{"alg", "ES256"}, {"kid", "k"}},
                       {{"iss", "i"},
                        {"aud", "a"},
                        {"exp", 2'000},
                        {"sub", "s"},
                        {"role", "coach"},
                        {"tenant", "work-first"}});
  }
  static const SigningKey& Key() {
    static const SigningKey key = SigningKey::Ec();
    return key;
  }
  // Who was admitted, to a method that is for all; or the cause why nobody was.
  std::string Outcome(const TokenVerifier* tokens, Certificates certificates,
                      std::vector<std::string_view> authorization, std::vector<std::string> uris) {
    const ProvenAuthorizer authorizer(tokens, certificates);
    const auto caller =
        authorizer.Admit({"ipv4:127.0.0.1:7", std::move(authorization), std::move(uris)},
                         *FindMethod("passend.v1.TaxonomyService.GetConcept"));
    if (!caller.ok()) {
      EXPECT_EQ(ReasonOf(caller.status()), v1::ERROR_REASON_UNAUTHENTICATED);
      return MetadataOf(caller.status(), "cause");
    }
    EXPECT_EQ(caller->peer, "ipv4:127.0.0.1:7");
    return absl::StrCat(ToAbsl(NameOf(caller->role)), "/", caller->tenant, "/", caller->subject);
  }

  std::shared_ptr<const KeySet> keys_ = std::make_shared<const KeySet>(
      KeySet::Parse(nlohmann::json{{"keys", {Key().Jwk("k")}}}.dump()).value());
  TokenVerifier tokens_{
      {"i", "a"}, [this] { return keys_; }, [] { return absl::FromUnixSeconds(1'000); }};
  const std::string bearer_ = absl::StrCat("Bearer ", Token());
};

TEST_F(ProvenAuthorizerTest, TakesTokens) {
  EXPECT_EQ(Outcome(&tokens_, Certificates::kIgnored, {bearer_}, {}), "coach/work-first/s");
  EXPECT_EQ(Outcome(&tokens_, Certificates::kIgnored, {absl::StrCat("bEARER ", Token())}, {}),
            "coach/work-first/s");
  EXPECT_EQ(Outcome(&tokens_, Certificates::kIgnored, {}, {}), "no_credentials");
  EXPECT_EQ(Outcome(&tokens_, Certificates::kIgnored, {}, {kPartner}), "no_credentials");
  EXPECT_EQ(Outcome(&tokens_, Certificates::kIgnored, {bearer_, bearer_}, {}), "token_malformed");
  for (const std::string& other :
       {std::string(), std::string("Bearer"), std::string("Bearer "), Token(), "Basic " + Token(),
        "Bearer  " + Token(), "Bearer\t" + Token()}) {
    EXPECT_EQ(Outcome(&tokens_, Certificates::kIgnored, {other}, {}), "token_malformed") << other;
  }
}

TEST_F(ProvenAuthorizerTest, TakesCertificates) {
  EXPECT_EQ(Outcome(nullptr, Certificates::kIdentify, {}, {kPartner}),
            "partner/gemeente-delft/sync-1");
  EXPECT_EQ(Outcome(nullptr, Certificates::kIdentify, {}, {"https://example.org", kPartner}),
            "partner/gemeente-delft/sync-1");
  EXPECT_EQ(Outcome(nullptr, Certificates::kIdentify, {bearer_}, {kPartner}), "token_unexpected");
  const std::vector<std::vector<std::string>> nobody = {
      {},
      {"https://example.org"},
      {kPartner, "passend:operator/us/me"},
      {"passend:"},
      {"passend:partner"},
      {"passend:partner/gemeente-delft"},
      {"passend:partner/gemeente-delft/"},
      {"passend:partner//sync-1"},
      {"passend:Partner/gemeente-delft/sync-1"},
      {"passend:none/gemeente-delft/sync-1"},
      {"passend:partner/Gemeente/sync-1"},
      {"passend:partner/gemeente-delft/a b"},
      {"Passend:partner/gemeente-delft/sync-1"},
  };
  for (const auto& uris : nobody) {
    EXPECT_EQ(Outcome(nullptr, Certificates::kIdentify, {}, uris), "certificate_identity");
  }
}

TEST_F(ProvenAuthorizerTest, ATokenGoesBeforeACertificate) {
  EXPECT_EQ(Outcome(&tokens_, Certificates::kIdentify, {bearer_}, {kPartner}),
            "coach/work-first/s");
  EXPECT_EQ(Outcome(&tokens_, Certificates::kIdentify, {"Bearer x"}, {kPartner}),
            "token_malformed");
  EXPECT_EQ(Outcome(&tokens_, Certificates::kIdentify, {}, {kPartner}),
            "partner/gemeente-delft/sync-1");
}

}  // namespace
}  // namespace passend::service
