#include "service/credential/issuer_key.h"

#include <gtest/gtest.h>

#include <string>

#include "service/credential/compact_jwt.h"
#include "tests/service/portable/portable_world.h"

namespace passend::service {
namespace {

TEST(IssuerKeyTest, ReadsPemAndJwkOfTheSameKey) {
  // RFC 7517, appendix A.2: the private key on P-256.
  constexpr char kJwk[] = R"({"kty":"EC","crv":"P-256",
    "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    "d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"})";
  const auto key = IssuerKey::Parse(kJwk, {kOwnIssuer, ""});
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_TRUE((*key)->key_id().starts_with("https://passend.example.org#"));
  EXPECT_EQ((*key)->key_set().find("870MB6gfuTJ4"), std::string::npos);
  EXPECT_NE((*key)->verifying().Find((*key)->key_id()), nullptr);

  const SigningKey pem = SigningKey::Ec();
  const auto first = KeyFor(pem, kOwnIssuer);
  EXPECT_EQ(first->key_id(), KeyFor(pem, kOwnIssuer)->key_id()) << "the name is the key's own";
  EXPECT_NE(first->key_id(), KeyFor(SigningKey::Ec(), kOwnIssuer)->key_id());
}

TEST(IssuerKeyTest, TakesNoOtherKey) {
  for (const std::string& text :
       {std::string(), std::string("{}"), SigningKey::Rsa().Pem(), SigningKey::Ec("P-384").Pem(),
        SigningKey::Ec().Jwk("public").dump(), std::string("-----BEGIN PRIVATE KEY-----\nAAAA\n"),
        SigningKey::Ec().Pem().substr(0, 80)}) {
    const auto key = IssuerKey::Parse(text, {kOwnIssuer, ""});
    EXPECT_EQ(key.status().code(), absl::StatusCode::kInvalidArgument) << text.substr(0, 30);
  }
  EXPECT_FALSE(IssuerKey::Read("/nowhere", {kOwnIssuer, ""}).ok());
}

TEST(IssuerKeyTest, SignsWithTheHeaderOfTheStandard) {
  const auto key = KeyFor(SigningKey::Ec(), "did:web:example.org");
  const auto jwt = key->Sign({{"a", 1}});
  ASSERT_TRUE(jwt.ok()) << jwt.status();
  const auto opened = OpenJwt(*jwt);
  ASSERT_TRUE(opened.has_value());
  const nlohmann::json jwk = nlohmann::json::parse(key->key_set())["keys"][0];
  EXPECT_EQ(jwk["kid"], key->key_id());
  EXPECT_FALSE(jwk.contains("d"));
  EXPECT_EQ(opened->header, (nlohmann::json{{"alg", "ES256"},
                                            {"cty", "vc"},
                                            {"iss", "did:web:example.org"},
                                            {"jwk", jwk},
                                            {"kid", key->key_id()},
                                            {"typ", "vc+jwt"}}));
  EXPECT_TRUE(
      SignatureHolds(*key->verifying().Find(key->key_id()), TokenAlgorithm::kEs256, opened->parts));
}

TEST(IssuerUriTest, IsHttpsOrDidWeb) {
  for (const char* uri : {"https://a.example", "https://a.example:8443/b", "did:web:a.example",
                          "did:web:a.example%3A8443:b"}) {
    EXPECT_TRUE(CheckIssuerUri(uri).ok()) << uri;
  }
  EXPECT_FALSE(CheckIssuerUri("https://a.example/" + std::string(133, 'b')).ok()) << "too long";
  for (const char* uri : {"", "http://a.example", "https://", "https://a.example/", "did:key:z6",
                          "did:web:", "https://a.example?b", "https://a.example#b",
                          "https://a example", "did:web:a:"}) {
    EXPECT_FALSE(CheckIssuerUri(uri).ok()) << uri;
  }
}

TEST(IssuerUriTest, ListsAreOnHttps) {
  EXPECT_EQ(StatusListUri("https://a.example/b", 2), "https://a.example/b/status/2");
  EXPECT_EQ(StatusListUri("did:web:a.example", 1), "https://a.example/status/1");
  EXPECT_EQ(StatusListUri("did:web:a.example%3A8443:b:c", 1),
            "https://a.example:8443/b/c/status/1");
}

}  // namespace
}  // namespace passend::service
