// What is not exactly what a trusted issuer signed, with ES256, for now, is refused, and says why.
#include "service/credential/credential_checker.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

#include "absl/strings/escaping.h"
#include "service/credential/badge.h"
#include "service/errors/error_status.h"
#include "service/identity/strict_json.h"
#include "tests/service/portable/portable_world.h"

namespace passend::service {
namespace {

using nlohmann::json;

constexpr char kKeyId[] = "https://school.example.org#1";

class CredentialCheckerTest : public testing::Test {
 protected:
  CredentialCheckerTest() {
    const json keys = {{"keys", json::array({school_.Jwk(kKeyId, "ES256"),
                                             rsa_.Jwk("https://school.example.org#rsa")})}};
    const json trust = {
        {"issuers",
         json::array({json{{"issuer", kSchool}, {"name", "A school"}, {"keys", keys}}})}};
    auto issuers = TrustedIssuers::Parse(trust.dump());
    EXPECT_TRUE(issuers.ok()) << issuers.status();
    issuers_.trusted = std::make_shared<const TrustedIssuers>(*std::move(issuers));
    v1::Validation validation;
    validation.set_skill(kSweeping);
    validation.set_level(3);
    validation.set_method(v1::VALIDATION_METHOD_FORMAL);
    *validation.mutable_validate_time() = TimestampOf(now_ - absl::Hours(24));
    *validation.mutable_expire_time() = TimestampOf(now_ + absl::Hours(24));
    content_ = BadgeContent(validation, {SkillUriOf(kSweeping), "sweeping", "en", {}},
                            {kSchool, "A school"}, {"urn:uuid:1", "urn:uuid:2", kSchool, 7});
  }

  json Header() const { return {{"alg", "ES256"}, {"kid", kKeyId}, {"typ", "vc+jwt"}}; }
  std::string Signed(const json& header, const json& content) const {
    return SignedToken(school_, header, content);
  }
  v1::ErrorReason Check(const std::string& jwt) const {
    return ReasonOf(CheckCredential(jwt, issuers_, now_).status());
  }
  v1::ErrorReason CheckHeader(const std::function<void(json&)>& change) const {
    json header = Header();
    change(header);
    return Check(Signed(header, content_));
  }
  v1::ErrorReason CheckContent(const std::function<void(json&)>& change) const {
    json content = content_;
    change(content);
    return Check(Signed(Header(), content));
  }

  const SigningKey school_ = SigningKey::Ec();
  const SigningKey rsa_ = SigningKey::Rsa();
  const absl::Time now_ = absl::FromUnixSeconds(1'795'251'600);
  KnownIssuers issuers_;
  json content_;
};

TEST_F(CredentialCheckerTest, TakesWhatIsRight) {
  const auto checked = CheckCredential(Signed(Header(), content_), issuers_, now_);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_EQ(checked->issuer, kSchool);
  EXPECT_EQ(checked->issuer_name, "A school");
  EXPECT_FALSE(checked->is_own);
  EXPECT_FALSE(checked->keeps_methods);
  EXPECT_EQ(checked->id, "urn:uuid:1");
  EXPECT_EQ(checked->valid_from, StartOfDay(now_ - absl::Hours(24)));
  EXPECT_EQ(checked->valid_until, now_ + absl::Hours(24));
}

// Each character of all three parts, with each of two bits flipped.
TEST_F(CredentialCheckerTest, RefusesEveryFlippedBit) {
  const std::string good = Signed(Header(), content_);
  std::mt19937 random(1);
  int refused = 0;
  for (size_t at = 0; at < good.size(); ++at) {
    for (int i = 0; i < 2; ++i) {
      std::string flipped = good;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << (random() % 7)));
      const v1::ErrorReason reason = Check(flipped);
      EXPECT_NE(reason, v1::ERROR_REASON_UNSPECIFIED) << "character " << at;
      refused += reason == v1::ERROR_REASON_UNSPECIFIED ? 0 : 1;
    }
  }
  EXPECT_EQ(refused, static_cast<int>(2 * good.size()));
  std::printf("flipped bits refused: %d of %zu\n", refused, 2 * good.size());
}

// Of the bytes behind the base64url: every bit of the signature, and one in each byte of the rest.
TEST_F(CredentialCheckerTest, RefusesEveryFlippedBitOfTheBytes) {
  const std::string good = Signed(Header(), content_);
  const size_t first = good.find('.');
  const size_t second = good.rfind('.');
  const std::string parts[] = {good.substr(0, first), good.substr(first + 1, second - first - 1),
                               good.substr(second + 1)};
  std::mt19937 random(2);
  for (size_t part = 0; part < 3; ++part) {
    const std::string bytes = *FromBase64Url(parts[part]);
    for (size_t bit = 0; bit < bytes.size() * 8; bit += part == 2 ? 1 : 8) {
      std::string flipped = bytes;
      const size_t which = part == 2 ? bit % 8 : random() % 8;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << which));
      std::string changed[] = {parts[0], parts[1], parts[2]};
      changed[part] = ToBase64Url(flipped);
      EXPECT_NE(Check(changed[0] + "." + changed[1] + "." + changed[2]),
                v1::ERROR_REASON_UNSPECIFIED)
          << "part " << part << ", bit " << bit;
    }
  }
}

TEST_F(CredentialCheckerTest, RefusesWhatIsNoCompactJwt) {
  const std::string good = Signed(Header(), content_);
  for (const std::string& text :
       {std::string(), std::string("."), std::string(".."), std::string("a.b.c"), good + ".",
        good + "=", " " + good, good + "\n", "." + good, good.substr(0, good.rfind('.')),
        good.substr(0, good.rfind('.') + 1)}) {
    EXPECT_EQ(Check(text), v1::ERROR_REASON_CREDENTIAL_FORM) << text.substr(0, 20);
  }
  const std::string twice = R"({"alg":"none","alg":"ES256"})";
  const std::string rest = good.substr(good.find('.'));
  EXPECT_EQ(Check(ToBase64Url(twice) + rest), v1::ERROR_REASON_CREDENTIAL_FORM);
}

TEST_F(CredentialCheckerTest, TakesNoOtherAlgorithm) {
  const json none = {{"alg", "none"}, {"kid", kKeyId}, {"typ", "vc+jwt"}};
  EXPECT_EQ(Check(ToBase64Url(none.dump()) + "." + ToBase64Url(content_.dump()) + "."),
            v1::ERROR_REASON_CREDENTIAL_FORM);
  EXPECT_EQ(Check(ToBase64Url(none.dump()) + "." + ToBase64Url(content_.dump()) + ".AAAA"),
            v1::ERROR_REASON_CREDENTIAL_ISSUER);
  for (const char* algorithm : {"none", "HS256", "es256", "ES384", "EdDSA", "ES256K", ""}) {
    json header = Header();
    header["alg"] = algorithm;
    const std::string input = ToBase64Url(header.dump()) + "." + ToBase64Url(content_.dump());
    EXPECT_EQ(Check(input + "." + ToBase64Url(school_.Sign("ES256", input))),
              v1::ERROR_REASON_CREDENTIAL_ISSUER)
        << algorithm;
  }
  // A key of the issuer's, for another algorithm.
  const json rsa = {{"alg", "RS256"}, {"kid", "https://school.example.org#rsa"}};
  EXPECT_EQ(Check(SignedToken(rsa_, rsa, content_)), v1::ERROR_REASON_CREDENTIAL_ISSUER);
  const json confused = {{"alg", "ES256"}, {"kid", "https://school.example.org#rsa"}};
  EXPECT_EQ(Check(SignedToken(school_, confused, content_)), v1::ERROR_REASON_CREDENTIAL_ISSUER);
}

TEST_F(CredentialCheckerTest, TakesNothingFromTheHeaderButTheName) {
  EXPECT_EQ(CheckHeader([](json& header) { header.erase("kid"); }),
            v1::ERROR_REASON_CREDENTIAL_ISSUER);
  EXPECT_EQ(CheckHeader([](json& header) { header["kid"] = "somebody else's"; }),
            v1::ERROR_REASON_CREDENTIAL_ISSUER);
  EXPECT_EQ(CheckHeader([](json& header) { header["crit"] = json::array({"b64"}); }),
            v1::ERROR_REASON_CREDENTIAL_FORM);
  EXPECT_EQ(CheckHeader([](json& header) { header["typ"] = "at+jwt"; }),
            v1::ERROR_REASON_CREDENTIAL_FORM);
  EXPECT_EQ(CheckHeader([](json& header) { header["iss"] = "https://other.example.org"; }),
            v1::ERROR_REASON_CREDENTIAL_ISSUER);
  // A key that comes along is nobody's.
  const SigningKey stranger = SigningKey::Ec();
  json header = Header();
  header["jwk"] = stranger.Jwk(kKeyId);
  EXPECT_EQ(Check(SignedToken(stranger, header, content_)), v1::ERROR_REASON_CREDENTIAL_SIGNATURE);
}

TEST_F(CredentialCheckerTest, TakesNoOtherIssuer) {
  EXPECT_EQ(CheckContent([](json& content) { content["issuer"] = "https://other.example.org"; }),
            v1::ERROR_REASON_CREDENTIAL_ISSUER);
  EXPECT_EQ(CheckContent([](json& content) { content.erase("issuer"); }),
            v1::ERROR_REASON_CREDENTIAL_FORM);
  EXPECT_EQ(CheckContent([](json& content) { content["iss"] = "https://other.example.org"; }),
            v1::ERROR_REASON_CREDENTIAL_FORM);
  EXPECT_EQ(CheckContent([](json& content) { content["jti"] = "urn:uuid:9"; }),
            v1::ERROR_REASON_CREDENTIAL_FORM);
  EXPECT_EQ(CheckContent([](json& content) { content["sub"] = "urn:uuid:9"; }),
            v1::ERROR_REASON_CREDENTIAL_FORM);
}

TEST_F(CredentialCheckerTest, TakesOnlyTheDataModelTwo) {
  EXPECT_EQ(CheckContent([](json& content) {
              content["@context"][0] = "https://www.w3.org/2018/credentials/v1";
            }),
            v1::ERROR_REASON_CREDENTIAL_FORM);
  EXPECT_EQ(CheckContent([](json& content) { content["type"] = "OpenBadgeCredential"; }),
            v1::ERROR_REASON_CREDENTIAL_FORM);
}

TEST_F(CredentialCheckerTest, IsGoodFromItsStartToItsEnd) {
  const auto from = [&](absl::Time moment) {
    return CheckContent([&](json& content) {
      content["validFrom"] = MomentText(moment);
      content.erase("nbf");
    });
  };
  EXPECT_EQ(from(now_), v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(from(now_ + absl::Minutes(2)), v1::ERROR_REASON_CREDENTIAL_TIME);
  const auto until = [&](absl::Time moment) {
    return CheckContent([&](json& content) {
      content["validUntil"] = MomentText(moment);
      content.erase("exp");
    });
  };
  EXPECT_EQ(until(now_ + absl::Nanoseconds(1)), v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(until(now_), v1::ERROR_REASON_CREDENTIAL_TIME);
  const auto claim = [&](const char* name, int64_t seconds) {
    return CheckContent([&](json& content) { content[name] = seconds; });
  };
  EXPECT_EQ(claim("exp", absl::ToUnixSeconds(now_)), v1::ERROR_REASON_CREDENTIAL_TIME);
  EXPECT_EQ(claim("nbf", absl::ToUnixSeconds(now_) + 120), v1::ERROR_REASON_CREDENTIAL_TIME);
  EXPECT_EQ(claim("nbf", -62'135'596'801), v1::ERROR_REASON_CREDENTIAL_FORM) << "before the year 1";
  EXPECT_EQ(claim("exp", 253'402'300'800), v1::ERROR_REASON_CREDENTIAL_FORM) << "the year 10000";
  for (const char* text : {"2026-11-21", "2026-11-21T09:00:00", "yesterday", ""}) {
    EXPECT_EQ(CheckContent([&](json& content) { content["validFrom"] = text; }),
              v1::ERROR_REASON_CREDENTIAL_FORM)
        << text;
  }
}

TEST_F(CredentialCheckerTest, TheClaimsBesideItCountInWhenItIsGood) {
  const auto times = [&](const std::function<void(json&)>& change) {
    json content = content_;
    change(content);
    const auto checked = CheckCredential(Signed(Header(), content), issuers_, now_);
    EXPECT_TRUE(checked.ok()) << checked.status();
    return checked.value_or(CheckedCredential());
  };
  const int64_t seconds = absl::ToUnixSeconds(now_);
  CheckedCredential read = times([&](json& content) {
    content.erase("validUntil");
    content["exp"] = seconds + 60;
  });
  EXPECT_EQ(read.valid_until, now_ + absl::Minutes(1)) << "it ends, though only exp says so";
  read = times([&](json& content) { content["exp"] = seconds + 60; });
  EXPECT_EQ(read.valid_until, now_ + absl::Minutes(1)) << "the sooner of the two";
  read = times([&](json& content) { content["nbf"] = seconds - 60; });
  EXPECT_EQ(read.valid_from, now_ - absl::Minutes(1)) << "the later of the two";
  read = times([&](json& content) {
    for (const char* member : {"validFrom", "validUntil", "nbf", "exp"}) content.erase(member);
  });
  EXPECT_EQ(read.valid_from, std::nullopt) << "the data model asks for none";
  EXPECT_EQ(read.valid_until, std::nullopt);
}

TEST_F(CredentialCheckerTest, KnowsWhatItSignedWithAKeyThatWasReplaced) {
  const auto old_key = KeyFor(SigningKey::Ec(), kOwnIssuer);
  const auto key = KeyFor(SigningKey::Ec(), kOwnIssuer);
  json content = content_;
  content["issuer"]["id"] = kOwnIssuer;
  content["iss"] = kOwnIssuer;
  const std::string old_credential = old_key->Sign(content).value();
  KnownIssuers issuers{nullptr, key.get()};
  EXPECT_EQ(ReasonOf(CheckCredential(old_credential, issuers, now_).status()),
            v1::ERROR_REASON_CREDENTIAL_ISSUER);
  EXPECT_EQ(PublishedKeys(issuers), key->key_set());
  auto trusted = TrustedIssuers::Parse(TrustText(*old_key, false));
  ASSERT_TRUE(trusted.ok()) << trusted.status();
  issuers.trusted = std::make_shared<const TrustedIssuers>(*std::move(trusted));
  for (const std::string& credential : {old_credential, key->Sign(content).value()}) {
    const auto checked = CheckCredential(credential, issuers, now_);
    ASSERT_TRUE(checked.ok()) << checked.status();
    EXPECT_TRUE(checked->is_own);
    EXPECT_TRUE(checked->keeps_methods);
  }
  const json published = json::parse(PublishedKeys(issuers));
  ASSERT_EQ(published["keys"].size(), 2u);
  EXPECT_EQ(published["keys"][0], json::parse(key->key_set())["keys"][0]);
  EXPECT_EQ(published["keys"][1], json::parse(old_key->key_set())["keys"][0]);
}

TEST_F(CredentialCheckerTest, KnowsItself) {
  const auto own = KeyFor(SigningKey::Ec(), kOwnIssuer);
  issuers_.own = own.get();
  json content = content_;
  content["issuer"]["id"] = kOwnIssuer;
  content["iss"] = kOwnIssuer;
  const auto signed_here = own->Sign(content);
  ASSERT_TRUE(signed_here.ok());
  const auto checked = CheckCredential(*signed_here, issuers_, now_);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_TRUE(checked->is_own);
  EXPECT_TRUE(checked->keeps_methods);
}

}  // namespace
}  // namespace passend::service
