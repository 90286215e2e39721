#include "service/identity/key_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "service/identity/limits.h"
#include "tests/service/identity/signing_key.h"

namespace passend::service {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const SigningKey& RsaKey() {
  static const SigningKey key = SigningKey::Rsa();
  return key;
}

absl::StatusOr<KeySet> Parse(const std::vector<json>& keys) {
  return KeySet::Parse(json{{"keys", keys}}.dump());
}
std::string MistakeIn(const std::vector<json>& keys) {
  return std::string(Parse(keys).status().message());
}

TEST(KeySetTest, HasTheKeysForTokens) {
  const json for_encryption = [] {
    json jwk = RsaKey().Jwk("encrypts");
    jwk["use"] = "enc";
    return jwk;
  }();
  json for_signing = RsaKey().Jwk("signs");
  for_signing["use"] = "sig";
  const auto set = Parse({for_signing,
                          RsaKey().Jwk("ps", "PS256"),
                          RsaKey().Jwk("rs", "RS256"),
                          SigningKey::Ec().Jwk("ec"),
                          RsaKey().Jwk("longer", "RS512"),
                          SigningKey::Ec("P-384").Jwk("larger"),
                          for_encryption,
                          {{"kty", "OKP"}, {"crv", "Ed25519"}, {"kid", "ed"}, {"x", "AAAA"}}});
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->size(), 4u);
  using enum TokenAlgorithm;
  EXPECT_THAT(set->Find("signs")->algorithms, testing::ElementsAre(kRs256, kPs256));
  EXPECT_THAT(set->Find("ps")->algorithms, testing::ElementsAre(kPs256));
  EXPECT_THAT(set->Find("rs")->algorithms, testing::ElementsAre(kRs256));
  EXPECT_THAT(set->Find("ec")->algorithms, testing::ElementsAre(kEs256));
  for (const char* left_out : {"longer", "larger", "encrypts", "ed", ""}) {
    EXPECT_EQ(set->Find(left_out), nullptr) << left_out;
  }
}

TEST(KeySetTest, RefusesWhatIsNone) {
  for (const std::string text :
       {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[]})", "nonsense", R"({"keys":[],"keys":[]})",
        R"({"keys":[7]})", "{\"keys\":[\xC3]}"}) {
    EXPECT_EQ(KeySet::Parse(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
  EXPECT_THAT(std::string(KeySet::Parse(std::string(kKeySetBytesMax + 1, ' ')).status().message()),
              HasSubstr("bytes"));
  EXPECT_THAT(MistakeIn(std::vector<json>(kKeySetKeysMax + 1, json::object())),
              HasSubstr("more than 64 keys"));
}

TEST(KeySetTest, SaysWhichKeyIsWrongAndWhy) {
  json secret = RsaKey().Jwk("a");
  secret["d"] = "AQAB";
  EXPECT_THAT(MistakeIn({RsaKey().Jwk("b"), secret}), HasSubstr("key 2 has a secret part"));
  EXPECT_THAT(MistakeIn({{{"kty", "oct"}, {"k", "AAAA"}, {"kid", "a"}}}),
              HasSubstr("key 1 has a secret part"));
  EXPECT_THAT(MistakeIn({RsaKey().Jwk("")}), HasSubstr("key 1 has no kid"));
  EXPECT_THAT(MistakeIn({RsaKey().Jwk(std::string(kKeyIdBytesMax + 1, 'a'))}), HasSubstr("no kid"));
  EXPECT_THAT(MistakeIn({RsaKey().Jwk("a"), RsaKey().Jwk("a")}), HasSubstr("kid of another"));
  EXPECT_THAT(MistakeIn({SigningKey::Rsa(1'024).Jwk("a")}), HasSubstr("has 1024 bits"));
  EXPECT_THAT(MistakeIn({SigningKey::Rsa(4'104).Jwk("a")}), HasSubstr("has 4104 bits"));
  json incomplete = RsaKey().Jwk("a");
  incomplete.erase("e");
  EXPECT_THAT(MistakeIn({incomplete}), HasSubstr("key 1 has no e"));
  json garbled = RsaKey().Jwk("a");
  garbled["n"] = "not base64!";
  EXPECT_THAT(MistakeIn({garbled}), HasSubstr("has 0 bits"));
  json off_the_curve = SigningKey::Ec().Jwk("a");
  off_the_curve["x"] = SigningKey::Ec().Jwk("b")["x"];
  EXPECT_THAT(MistakeIn({off_the_curve}), HasSubstr("key 1 is no key of its kind"));
}

TEST(KeySetTest, TellsNothingOfAKey) {
  json secret = RsaKey().Jwk("a");
  secret["d"] = "c2VjcmV0";
  EXPECT_THAT(MistakeIn({secret}), testing::Not(HasSubstr("c2VjcmV0")));
}

}  // namespace
}  // namespace passend::service
