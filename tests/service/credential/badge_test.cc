// What others made is read as what it is.
#include "service/credential/badge.h"

#include <gtest/gtest.h>

#include <string>

#include "service/errors/error_status.h"

namespace passend::service {
namespace {

using nlohmann::json;

CheckedCredential Foreign(const json& subject) {
  CheckedCredential credential;
  credential.issuer = "https://school.example.org";
  credential.valid_from = absl::FromUnixSeconds(1'700'000'000);
  credential.content = {{"type", json::array({"VerifiableCredential", "OpenBadgeCredential"})},
                        {"issuer", {{"id", credential.issuer}, {"name", "A school"}}},
                        {"credentialSubject", subject}};
  return credential;
}

json Diploma() {
  return {
      {"type", json::array({"AchievementSubject"})},
      {"achievement",
       {{"id", "https://school.example.org/diplomas/cook"},
        {"type", json::array({"Achievement"})},
        {"name", "Cook"},
        {"alignment", json::array({json{{"type", "Alignment"},
                                        {"targetName", "cook"},
                                        {"targetUrl", "http://data.europa.eu/esco/skill/1"}}})}}}};
}

TEST(ReadBadgeTest, ADiplomaIsFormalAndTheSchoolSaysSo) {
  const auto read = ReadBadge(Foreign(Diploma()));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->validation.method(), v1::VALIDATION_METHOD_FORMAL);
  EXPECT_EQ(read->validation.validator(), "A school");
  EXPECT_EQ(read->validation.level(), 0) << "nobody told one";
  EXPECT_EQ(read->stated_skill, "");
  EXPECT_EQ(read->skill_uris, (std::vector<std::string>{"https://school.example.org/diplomas/cook",
                                                        "http://data.europa.eu/esco/skill/1"}));
  EXPECT_FALSE(read->validation.has_expire_time());
}

TEST(ReadBadgeTest, WhatOthersSawIsAReferenceUnlessTheyAreTrustedToHaveCoaches) {
  json subject = Diploma();
  for (const char* method : {"OBSERVED", "WORK_SAMPLE"}) {
    subject["passendStatement"] = {{"method", method}, {"validator", "coaches/c-17"}};
    CheckedCredential credential = Foreign(subject);
    auto read = ReadBadge(credential);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->validation.method(), v1::VALIDATION_METHOD_REFERENCE);
    EXPECT_EQ(read->validation.validator(), "coaches/c-17");
    credential.keeps_methods = true;
    read = ReadBadge(credential);
    EXPECT_EQ(v1::ValidationMethod_Name(read->validation.method()),
              std::string("VALIDATION_METHOD_") + method);
  }
  subject["passendStatement"] = {{"method", "SELF_DECLARED"}};
  EXPECT_EQ(ReadBadge(Foreign(subject))->validation.method(), v1::VALIDATION_METHOD_SELF_DECLARED);
  // A word of a later version, or of nobody, makes no diploma of it.
  for (const json& method : {json("UNSPECIFIED"), json("MAGIC"), json(3), json()}) {
    subject["passendStatement"] = {{"method", method}};
    for (const bool keeps : {false, true}) {
      CheckedCredential credential = Foreign(subject);
      credential.keeps_methods = keeps;
      EXPECT_EQ(ReadBadge(credential)->validation.method(), v1::VALIDATION_METHOD_REFERENCE)
          << method;
    }
  }
  subject["passendStatement"] = {{"level", 2}};
  EXPECT_EQ(ReadBadge(Foreign(subject))->validation.method(), v1::VALIDATION_METHOD_FORMAL);
}

TEST(ReadBadgeTest, LevelsAreOfTheScaleOrNone) {
  json subject = Diploma();
  const auto level = [&](const json& stated) {
    subject["passendStatement"] = {{"level", stated}};
    return ReadBadge(Foreign(subject))->validation.level();
  };
  EXPECT_EQ(level(3), 3);
  EXPECT_EQ(level(5), 5);
  for (const json& none : {json(0), json(6), json(-1), json("3"), json(2.5), json(1LL << 40)}) {
    EXPECT_EQ(level(none), 0) << none.dump();
  }
  subject.erase("passendStatement");
  subject["result"] =
      json::array({json{{"resultDescription", "urn:passend:levels"}, {"value", "4"}}});
  EXPECT_EQ(ReadBadge(Foreign(subject))->validation.level(), 4);
  subject["result"][0]["resultDescription"] = "https://school.example.org/marks";
  EXPECT_EQ(ReadBadge(Foreign(subject))->validation.level(), 0) << "a mark is no level";
}

TEST(ReadBadgeTest, LongTextsAreCutAtACharacter) {
  json subject = Diploma();
  std::string place;
  for (int i = 0; i < 200; ++i) place += "é";
  subject["passendStatement"] = {{"method", "FORMAL"}, {"place", place}};
  const auto read = ReadBadge(Foreign(subject));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->validation.place(), place.substr(0, 160));
}

TEST(ReadBadgeTest, IsAboutOnePersonAndOneAchievement) {
  const auto reason = [](const json& subject) {
    return ReasonOf(ReadBadge(Foreign(subject)).status());
  };
  EXPECT_EQ(reason(json::array({Diploma(), Diploma()})), v1::ERROR_REASON_CREDENTIAL_SUBJECT);
  EXPECT_EQ(reason("urn:uuid:1"), v1::ERROR_REASON_CREDENTIAL_SUBJECT);
  json subject = Diploma();
  subject["achievement"] = json::array({subject["achievement"]});
  EXPECT_EQ(reason(subject), v1::ERROR_REASON_CREDENTIAL_SUBJECT);
  subject.erase("achievement");
  EXPECT_EQ(reason(subject), v1::ERROR_REASON_CREDENTIAL_SUBJECT);
  CheckedCredential other = Foreign(Diploma());
  other.content["type"] = json::array({"VerifiableCredential", "DrivingLicence"});
  EXPECT_EQ(ReasonOf(ReadBadge(other).status()), v1::ERROR_REASON_CREDENTIAL_SUBJECT);
}

TEST(BadgeContentTest, TellsOnlyWhatIsThere) {
  v1::Validation validation;
  validation.set_skill("taxonomies/demo/concepts/sweeping");
  validation.set_level(2);
  validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
  validation.mutable_validate_time()->set_seconds(1'700'000'000);
  validation.mutable_validate_time()->set_nanos(123'456'000);
  const json content =
      BadgeContent(validation, {"urn:x:y", "sweeping", "en", {}}, {"https://p.example", ""},
                   {"urn:uuid:1", "urn:uuid:2", "https://p.example/status/1", 5});
  EXPECT_FALSE(content.contains("validUntil"));
  EXPECT_FALSE(content.contains("exp"));
  EXPECT_FALSE(content.contains("evidence"));
  EXPECT_EQ(content["validFrom"], "2023-11-14T00:00:00Z") << "the day is told, not the moment";
  EXPECT_EQ(content["nbf"], 1'699'920'000);
  EXPECT_EQ(content["credentialStatus"]["statusListIndex"], "5");
  EXPECT_EQ(content["credentialSubject"]["passendStatement"].size(), 4u);
}

TEST(BadgeContentTest, EndsAtASecond) {
  v1::Validation validation;
  validation.mutable_validate_time()->set_seconds(1'700'000'000);
  validation.mutable_expire_time()->set_seconds(1'700'000'300);
  validation.mutable_expire_time()->set_nanos(999'999'999);
  const json content = BadgeContent(validation, {}, {"https://p.example", ""}, {});
  EXPECT_EQ(content["validUntil"], "2023-11-14T22:18:20Z");
  EXPECT_EQ(content["exp"], 1'700'000'300);
}

TEST(ReadBadgeTest, SaysFromWhenItIsValid) {
  CheckedCredential credential = Foreign(Diploma());
  credential.valid_from.reset();
  EXPECT_EQ(ReasonOf(ReadBadge(credential).status()), v1::ERROR_REASON_CREDENTIAL_FORM);
}

}  // namespace
}  // namespace passend::service
