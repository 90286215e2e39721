#include "service/identity/token_verifier.h"

#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include "absl/strings/str_cat.h"
#include "service/errors/error_status.h"
#include "service/identity/limits.h"
#include "tests/service/identity/signing_key.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

using nlohmann::json;

// Keys take a while to make: once for all tests.
const SigningKey& RsaKey() {
  static const SigningKey key = SigningKey::Rsa();
  return key;
}
const SigningKey& EcKey() {
  static const SigningKey key = SigningKey::Ec();
  return key;
}
const SigningKey& StrangersKey() {
  static const SigningKey key = SigningKey::Rsa();
  return key;
}

class TokenVerifierTest : public testing::Test {
 protected:
  TokenVerifierTest() {
    Use({RsaKey().Jwk("rsa"), EcKey().Jwk("ec"), RsaKey().Jwk("only-ps", "PS256")});
  }

  void Use(std::vector<json> keys) {
    keys_ = std::make_shared<const KeySet>(KeySet::Parse(json{{"keys", keys}}.dump()).value());
  }
  json Claims() const {
    return {{"iss", "https://login.example.org"},
            {"aud", "passend"},
            {"exp", absl::ToUnixSeconds(now_ + absl::Minutes(5))},
            {"nbf", absl::ToUnixSeconds(now_ - absl::Minutes(5))},
            {"sub", "portal-7"},
            {"role", "employer"},
            {"tenant", "soup-kitchen"}};
  }
  json With(const char* claim, json value) const {
    json claims = Claims();
    claims[claim] = std::move(value);
    return claims;
  }
  json Without(const char* claim) const {
    json claims = Claims();
    claims.erase(claim);
    return claims;
  }
  std::string Token(const json& claims) const {
    return SignedToken(EcKey(), {{"alg", "ES256"}, {"kid", "ec"}}, claims);
  }
  // The cause of the refusal; "" where the token is taken.
  std::string CauseFor(const std::string& token) const {
    const absl::Status status = verifier_.Verify(token).status();
    if (status.ok()) return "";
    EXPECT_EQ(status.code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_UNAUTHENTICATED);
    return MetadataOf(status, "cause");
  }

  absl::Time now_ = absl::FromUnixSeconds(1'795'253'400);
  std::shared_ptr<const KeySet> keys_;
  TokenVerifier verifier_{
      {"https://login.example.org", "passend"}, [this] { return keys_; }, [this] { return now_; }};
};

TEST_F(TokenVerifierTest, TakesEachAlgorithm) {
  for (const auto& [algorithm, key_id, key] :
       {std::tuple("RS256", "rsa", RsaKey()), std::tuple("PS256", "rsa", RsaKey()),
        std::tuple("PS256", "only-ps", RsaKey()), std::tuple("ES256", "ec", EcKey())}) {
    const auto caller =
        verifier_.Verify(SignedToken(key, {{"alg", algorithm}, {"kid", key_id}}, Claims()));
    ASSERT_TRUE(caller.ok()) << algorithm << ": " << caller.status();
    EXPECT_EQ(caller->subject, "portal-7");
    EXPECT_EQ(caller->role, Role::kEmployer);
    EXPECT_EQ(caller->tenant, "soup-kitchen");
    EXPECT_EQ(caller->proof, Proof::kToken);
  }
}

TEST_F(TokenVerifierTest, TakesNoOtherAlgorithm) {
  EXPECT_EQ(CauseFor(SignedToken(RsaKey(), {{"alg", "RS512"}, {"kid", "rsa"}}, Claims())),
            "token_algorithm");
  const std::string claims = ToBase64Url(Claims().dump());
  for (const char* name : {"none", "None", "HS256", "rs256", "", "EdDSA"}) {
    const std::string header = ToBase64Url(json{{"alg", name}, {"kid", "rsa"}}.dump());
    EXPECT_EQ(CauseFor(absl::StrCat(header, ".", claims, ".", ToBase64Url("x"))),
              "token_algorithm");
    EXPECT_EQ(CauseFor(absl::StrCat(header, ".", claims, ".")), "token_malformed");
  }
  const std::string headless = ToBase64Url(R"({"kid":"rsa"})");
  EXPECT_EQ(CauseFor(absl::StrCat(headless, ".", claims, ".eA")), "token_algorithm");
}

// The public key is no secret: who signs with it as with a password must not get in.
TEST_F(TokenVerifierTest, TakesNoPublicKeyForAPassword) {
  const std::string secret = RsaKey().Jwk("rsa").dump();
  const std::string input = absl::StrCat(ToBase64Url(R"({"alg":"HS256","kid":"rsa"})"), ".",
                                         ToBase64Url(Claims().dump()));
  std::string mac(32, '\0');
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(input.data()), input.size(),
       reinterpret_cast<unsigned char*>(mac.data()), nullptr);
  EXPECT_EQ(CauseFor(absl::StrCat(input, ".", ToBase64Url(mac))), "token_algorithm");
}

TEST_F(TokenVerifierTest, BindsTheAlgorithmToTheKey) {
  EXPECT_EQ(CauseFor(SignedToken(RsaKey(), {{"alg", "RS256"}, {"kid", "only-ps"}}, Claims())),
            "token_key");
  EXPECT_EQ(CauseFor(SignedToken(RsaKey(), {{"alg", "RS256"}, {"kid", "ec"}}, Claims())),
            "token_key");
  EXPECT_EQ(CauseFor(SignedToken(EcKey(), {{"alg", "ES256"}, {"kid", "rsa"}}, Claims())),
            "token_key");
  EXPECT_EQ(CauseFor(SignedToken(EcKey(), {{"alg", "ES256"}, {"kid", "nobody"}}, Claims())),
            "token_key");
  EXPECT_EQ(CauseFor(SignedToken(EcKey(), {{"alg", "ES256"}}, Claims())), "token_key");
}

TEST_F(TokenVerifierTest, TakesNoOthersSignature) {
  for (const char* algorithm : {"RS256", "PS256"}) {
    EXPECT_EQ(CauseFor(SignedToken(StrangersKey(), {{"alg", algorithm}, {"kid", "rsa"}}, Claims())),
              "token_signature");
  }
  // The other padding of the same key is another signature.
  const std::string pss = SignedToken(RsaKey(), {{"alg", "PS256"}, {"kid", "rsa"}}, Claims());
  const std::string plain = SignedToken(RsaKey(), {{"alg", "RS256"}, {"kid", "rsa"}}, Claims());
  EXPECT_EQ(CauseFor(plain.substr(0, plain.rfind('.')) + pss.substr(pss.rfind('.'))),
            "token_signature");
}

TEST_F(TokenVerifierTest, MindsTheTimes) {
  const auto seconds = [&](absl::Duration from_now) {
    return absl::ToUnixSeconds(now_ + from_now);
  };
  EXPECT_EQ(CauseFor(Token(With("exp", seconds(-kClockLeeway)))), "");
  EXPECT_EQ(CauseFor(Token(With("exp", seconds(-kClockLeeway - absl::Seconds(1))))),
            "token_expired");
  EXPECT_EQ(CauseFor(Token(With("nbf", seconds(kClockLeeway)))), "");
  EXPECT_EQ(CauseFor(Token(With("nbf", seconds(kClockLeeway + absl::Seconds(1))))),
            "token_not_yet_valid");
  EXPECT_EQ(CauseFor(Token(Without("nbf"))), "");
  EXPECT_EQ(CauseFor(Token(Without("exp"))), "token_claims");
  for (const json& no_time : {json("soon"), json(-1), json(nullptr), json(1e300), json::array()}) {
    EXPECT_EQ(CauseFor(Token(With("exp", no_time))), "token_claims") << no_time;
    EXPECT_EQ(CauseFor(Token(With("nbf", no_time))), "token_claims") << no_time;
  }
}

TEST_F(TokenVerifierTest, ExpiresWhileItIsKnown) {
  const std::string token = Token(Claims());
  EXPECT_EQ(CauseFor(token), "");
  now_ += absl::Minutes(5) + kClockLeeway;
  EXPECT_EQ(CauseFor(token), "");
  now_ += absl::Seconds(1);
  EXPECT_EQ(CauseFor(token), "token_expired");
}

TEST_F(TokenVerifierTest, MindsIssuerAndAudience) {
  EXPECT_EQ(CauseFor(Token(With("iss", "https://login.example.org/"))), "token_issuer");
  EXPECT_EQ(CauseFor(Token(Without("iss"))), "token_issuer");
  EXPECT_EQ(CauseFor(Token(With("iss", json::array({"https://login.example.org"})))),
            "token_issuer");
  EXPECT_EQ(CauseFor(Token(With("aud", "Passend"))), "token_audience");
  EXPECT_EQ(CauseFor(Token(Without("aud"))), "token_audience");
  EXPECT_EQ(CauseFor(Token(With("aud", json::array({"other", "passend"})))), "");
  EXPECT_EQ(CauseFor(Token(With("aud", json::array()))), "token_audience");
  EXPECT_EQ(CauseFor(Token(With("aud", json::array({"passend", 7})))), "token_audience");
}

TEST_F(TokenVerifierTest, NeedsSubjectRoleAndTenant) {
  for (const char* claim : {"sub", "role", "tenant"}) {
    EXPECT_EQ(CauseFor(Token(Without(claim))), "token_claims") << claim;
    for (const json& other :
         {json(""), json(7), json::array({"employer"}), json("with space"), json("naïve")}) {
      EXPECT_EQ(CauseFor(Token(With(claim, other))), "token_claims") << claim << other;
    }
  }
  EXPECT_EQ(CauseFor(Token(With("role", "Employer"))), "token_claims");
  EXPECT_EQ(CauseFor(Token(With("role", "none"))), "token_claims");
  EXPECT_EQ(CauseFor(Token(With("tenant", "a/b"))), "token_claims");
  EXPECT_EQ(CauseFor(Token(With("tenant", std::string(64, 'a')))), "token_claims");
  EXPECT_EQ(CauseFor(Token(With("sub", std::string(kSubjectBytesMax + 1, 'a')))), "token_claims");
  for (const Role role : kRoles) {
    EXPECT_EQ(verifier_.Verify(Token(With("role", std::string(NameOf(role)))))->role, role);
  }
}

TEST_F(TokenVerifierTest, TellsGarbage) {
  const std::string good = Token(Claims());
  const std::string body = good.substr(good.find('.') + 1);
  for (const std::string& garbage :
       {std::string(), std::string("."), std::string(".."), std::string("..."), good + ".",
        good + "=", good + "\n", " " + good, good.substr(0, good.rfind('.')), "{}." + body,
        ToBase64Url("[]") + "." + body, ToBase64Url("{") + "." + body,
        ToBase64Url("\xC3\x28") + "." + body, std::string(100, '\0')}) {
    EXPECT_EQ(CauseFor(garbage), "token_malformed") << garbage;
  }
  // Header members that could be read in two ways, and one that has to be understood.
  EXPECT_EQ(CauseFor(ToBase64Url(R"({"alg":"ES256","alg":"ES256","kid":"ec"})") + "." + body),
            "token_malformed");
  EXPECT_EQ(
      CauseFor(SignedToken(
          EcKey(), {{"alg", "ES256"}, {"kid", "ec"}, {"crit", json::array({"b64"})}}, Claims())),
      "token_malformed");
  EXPECT_EQ(CauseFor(SignedToken(EcKey(), {{"alg", "ES256"}, {"kid", "ec"}, {"n", UINT64_MAX}},
                                 Claims())),
            "token_malformed");
}

TEST_F(TokenVerifierTest, BoundsTheSize) {
  const std::string token = Token(With("filler", std::string(kTokenBytesMax, 'a')));
  EXPECT_EQ(CauseFor(token), "token_too_large");
  std::string largest = Token(With("filler", ""));
  largest = Token(With("filler", std::string((kTokenBytesMax - largest.size()) * 3 / 4 - 3, 'a')));
  ASSERT_GT(largest.size(), kTokenBytesMax - 8);
  EXPECT_EQ(CauseFor(largest), "");
}

TEST_F(TokenVerifierTest, FollowsTheKeys) {
  const std::string old_token = SignedToken(RsaKey(), {{"alg", "RS256"}, {"kid", "rsa"}}, Claims());
  const std::string new_token = Token(Claims());
  Use({RsaKey().Jwk("rsa")});
  EXPECT_EQ(CauseFor(old_token), "");
  EXPECT_EQ(CauseFor(new_token), "token_key");
  Use({RsaKey().Jwk("rsa"), EcKey().Jwk("ec")});
  EXPECT_EQ(CauseFor(old_token), "");
  EXPECT_EQ(CauseFor(new_token), "");
  Use({EcKey().Jwk("ec")});
  EXPECT_EQ(CauseFor(old_token), "token_key") << "known as it was";
  EXPECT_EQ(CauseFor(new_token), "");
  Use({SigningKey::Ec().Jwk("ec")});
  EXPECT_EQ(CauseFor(new_token), "token_signature") << "another key of the same name";
}

TEST_F(TokenVerifierTest, ManyTokensStayGood) {
  const std::string first = Token(Claims());
  for (int i = 0; i < 100; ++i) {
    const std::string token = Token(With("jti", i));
    EXPECT_EQ(CauseFor(token), "");
    EXPECT_EQ(CauseFor(token), "");
  }
  EXPECT_EQ(CauseFor(first), "");
}

// Whatever bit is flipped, anywhere: header, claims, signature, dots.
class FlippedBitTest : public TokenVerifierTest, public testing::WithParamInterface<const char*> {};

TEST_P(FlippedBitTest, NeverAdmits) {
  const std::string algorithm = GetParam();
  const bool is_ec = algorithm == "ES256";
  const std::string token = SignedToken(
      is_ec ? EcKey() : RsaKey(), {{"alg", algorithm}, {"kid", is_ec ? "ec" : "rsa"}}, Claims());
  ASSERT_EQ(CauseFor(token), "");
  for (size_t bit = 0; bit < token.size() * 8; ++bit) {
    std::string flipped = token;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
    EXPECT_NE(CauseFor(flipped), "") << "bit " << bit << " of " << token;
  }
  EXPECT_EQ(CauseFor(token), "");
}

INSTANTIATE_TEST_SUITE_P(Algorithms, FlippedBitTest, testing::Values("RS256", "PS256", "ES256"),
                         [](const auto& algorithm) { return std::string(algorithm.param); });

}  // namespace
}  // namespace passend::service
