// What is taken in of others' credentials, and what is not.
#include <gtest/gtest.h>

#include <string>

#include "service/credential/badge.h"
#include "service/credential/compact_jwt.h"
#include "service/errors/error_status.h"
#include "service/limits.h"
#include "tests/service/portable/portable_world.h"

namespace passend::service {
namespace {

using nlohmann::json;

class ImportTest : public testing::Test {
 protected:
  // A diploma as a school that has never heard of Passend gives it.
  json Diploma(const std::string& id = "urn:uuid:7f3f0bf8-3d3f-4c6b-9c6e-000000000001") const {
    return {
        {"@context", json::array({"https://www.w3.org/ns/credentials/v2",
                                  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"})},
        {"id", id},
        {"type", json::array({"VerifiableCredential", "OpenBadgeCredential"})},
        {"issuer", {{"id", kSchool}, {"type", json::array({"Profile"})}, {"name", "School"}}},
        {"validFrom", "2025-06-30T12:00:00+02:00"},
        {"credentialSubject",
         {{"type", json::array({"AchievementSubject"})},
          {"achievement",
           {{"id", "https://school.example.org/diplomas/sweeper"},
            {"type", json::array({"Achievement"})},
            {"name", "Sweeper"},
            {"description", "Sweeps"},
            {"criteria", {{"narrative", "Swept"}}}}}}}};
  }
  std::string Signed(const json& content) const {
    auto jwt = school_->Sign(content);
    EXPECT_TRUE(jwt.ok());
    return *jwt;
  }
  absl::StatusOr<v1::ImportCredentialsResponse> Send(const v1::ImportCredentialsRequest& request) {
    return portable_.world().Call<v1::ImportCredentialsResponse>(
        "PassportService.ImportCredentials", request);
  }
  v1::ImportCredentialsRequest Asking(const std::string& credential) const {
    v1::ImportCredentialsRequest request;
    request.set_parent(person_);
    request.add_credentials()->set_credential(credential);
    return request;
  }

  const std::unique_ptr<IssuerKey> school_ = KeyFor(SigningKey::Ec(), kSchool);
  PortableWorld portable_{kOwnIssuer, TrustText(*school_, false)};
  const std::string person_ = portable_.world().CreatePassport().name();
};

TEST_F(ImportTest, ADiplomaIsTakenInWithWhatItsBringerSaysItMeans) {
  v1::ImportCredentialsRequest request = Asking(Signed(Diploma()));
  auto response = Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->results(0).reason(), "ERROR_REASON_CREDENTIAL_MEANING");
  request.mutable_credentials(0)->set_skill(kSweeping);
  response = Send(request);
  EXPECT_EQ(response->results(0).reason(), "ERROR_REASON_CREDENTIAL_MEANING") << "and no level";
  request.mutable_credentials(0)->set_level(4);
  response = Send(request);
  ASSERT_EQ(response->results(0).outcome(), v1::IMPORT_OUTCOME_ACCEPTED)
      << response->results(0).description();
  const v1::Validation validation = portable_.Validations(person_).at(0);
  EXPECT_EQ(validation.name(), response->results(0).validation());
  EXPECT_EQ(validation.skill(), kSweeping);
  EXPECT_EQ(validation.level(), 4);
  EXPECT_EQ(validation.method(), v1::VALIDATION_METHOD_FORMAL);
  EXPECT_EQ(validation.validator(), "School");
  EXPECT_EQ(validation.foreign_proof().issuer(), kSchool);
  EXPECT_EQ(validation.foreign_proof().issuer_name(), "A school");
  EXPECT_EQ(validation.foreign_proof().credential(), request.credentials(0).credential());
  EXPECT_FALSE(validation.foreign_proof().status_checked());
  EXPECT_EQ(absl::ToUnixSeconds(MomentOf(validation.validate_time())), 1'751'277'600);
  // Signed again by the school: the same credential by its id.
  EXPECT_EQ(Send(Asking(Signed(Diploma())))->results(0).reason(),
            "ERROR_REASON_CREDENTIAL_MEANING");
  request.mutable_credentials(0)->set_credential(Signed(Diploma()));
  EXPECT_EQ(Send(request)->results(0).outcome(), v1::IMPORT_OUTCOME_UNCHANGED);
}

TEST_F(ImportTest, TheIssuersOwnWordsWinOverTheBringers) {
  json content = Diploma();
  content["credentialSubject"]["achievement"]["id"] = SkillUriOf(kPlants);
  content["credentialSubject"]["passendStatement"] = {
      {"skill", kPlants}, {"level", 2}, {"method", "FORMAL"}};
  v1::ImportCredentialsRequest request = Asking(Signed(content));
  request.mutable_credentials(0)->set_skill(kSweeping);
  request.mutable_credentials(0)->set_level(5);
  ASSERT_EQ(Send(request)->results(0).outcome(), v1::IMPORT_OUTCOME_ACCEPTED);
  EXPECT_EQ(portable_.Validations(person_).at(0).skill(), kPlants);
  EXPECT_EQ(portable_.Validations(person_).at(0).level(), 2);
}

TEST_F(ImportTest, OneThatIsRefusedKeepsNoOtherOut) {
  portable_.world().Record(person_, kSweeping, 3);
  portable_.world().Record(person_, kPlants, 3);
  const auto credentials = portable_.Export(person_);
  portable_.Erase(person_);
  const std::string other = portable_.world().CreatePassport().name();
  const auto response =
      portable_.Import(other, {credentials[0], "no credential", credentials[1], credentials[0]});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->results(0).outcome(), v1::IMPORT_OUTCOME_ACCEPTED);
  EXPECT_EQ(response->results(1).outcome(), v1::IMPORT_OUTCOME_REJECTED);
  EXPECT_EQ(response->results(1).reason(), "ERROR_REASON_CREDENTIAL_FORM");
  EXPECT_EQ(response->results(2).outcome(), v1::IMPORT_OUTCOME_ACCEPTED);
  EXPECT_EQ(response->results(3).outcome(), v1::IMPORT_OUTCOME_UNCHANGED);
  EXPECT_EQ(response->results(3).validation(), response->results(0).validation());
  EXPECT_EQ(portable_.Validations(other).size(), 2u);
}

TEST_F(ImportTest, LookingWritesNothingAndRepeatingDoesNothing) {
  portable_.world().Record(person_, kSweeping, 3);
  const auto credentials = portable_.Export(person_);
  portable_.Erase(person_);
  v1::ImportCredentialsRequest request = Asking(credentials[0]);
  request.set_parent(portable_.world().CreatePassport().name());
  request.set_validate_only(true);
  const Contents before = ContentsOf(portable_.world().store());
  auto response = Send(request);
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->results(0).outcome(), v1::IMPORT_OUTCOME_ACCEPTED);
  EXPECT_EQ(response->results(0).validation(), "");
  EXPECT_EQ(ContentsOf(portable_.world().store()), before);
  request.set_validate_only(false);
  request.set_request_id("0123456789");
  response = Send(request);
  EXPECT_EQ(response->results(0).outcome(), v1::IMPORT_OUTCOME_ACCEPTED);
  const Contents once = ContentsOf(portable_.world().store());
  response = Send(request);
  EXPECT_EQ(response->results(0).outcome(), v1::IMPORT_OUTCOME_UNCHANGED);
  EXPECT_EQ(ContentsOf(portable_.world().store()), once);
  request.add_credentials()->set_credential("another");
  EXPECT_EQ(ReasonOf(Send(request).status()), v1::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_F(ImportTest, WhatWasRevokedHereDoesNotComeBack) {
  json content = Diploma();
  content["credentialSubject"]["achievement"]["id"] = SkillUriOf(kPlants);
  content["credentialSubject"]["passendStatement"] = {{"skill", kPlants}, {"level", 2}};
  const std::string credential = Signed(content);
  ASSERT_EQ(portable_.ImportOne(person_, credential), "ACCEPTED");
  portable_.Revoke(portable_.Validations(person_).at(0).name());
  EXPECT_EQ(portable_.ImportOne(person_, credential), "UNCHANGED");
  EXPECT_TRUE(portable_.Validations(person_).at(0).has_revoke_time());
  EXPECT_TRUE(portable_.Export(person_).empty());
}

// Issuers give a diploma out again under its id, higher by then.
TEST_F(ImportTest, AnIdThatSaysSomethingElseBringsSomethingNew) {
  json content = Diploma();
  content["credentialSubject"]["achievement"]["id"] = SkillUriOf(kPlants);
  content["credentialSubject"]["passendStatement"] = {{"skill", kPlants}, {"level", 2}};
  ASSERT_EQ(portable_.ImportOne(person_, Signed(content)), "ACCEPTED");
  EXPECT_EQ(portable_.ImportOne(person_, Signed(content)), "UNCHANGED") << "signed anew";
  content["credentialSubject"]["passendStatement"]["level"] = 4;
  EXPECT_EQ(portable_.ImportOne(person_, Signed(content)), "ACCEPTED");
  ASSERT_EQ(portable_.Validations(person_).size(), 2u);
}

TEST_F(ImportTest, WhatIsSomebodysWhoIsHereIsNobodyElses) {
  portable_.world().Record(person_, kSweeping, 3);
  const std::string credential = portable_.Export(person_).at(0);
  const std::string other = portable_.world().CreatePassport().name();
  EXPECT_EQ(portable_.ImportOne(other, credential), "ERROR_REASON_CREDENTIAL_SUBJECT");
  EXPECT_TRUE(portable_.Validations(other).empty());
  const auto own = portable_.Import(person_, {credential});
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_EQ(own->results(0).outcome(), v1::IMPORT_OUTCOME_UNCHANGED);
  EXPECT_EQ(own->results(0).validation(), portable_.Validations(person_).at(0).name());
  // What came back is somebody's again.
  portable_.Erase(person_);
  EXPECT_EQ(portable_.ImportOne(other, credential), "ACCEPTED");
  EXPECT_EQ(portable_.ImportOne(other, credential), "UNCHANGED");
  const std::string third = portable_.world().CreatePassport().name();
  EXPECT_EQ(portable_.ImportOne(third, credential), "ERROR_REASON_CREDENTIAL_SUBJECT");
  portable_.Erase(other);
  EXPECT_EQ(portable_.ImportOne(third, credential), "ACCEPTED");
}

TEST_F(ImportTest, AnEndThatOnlyTheClaimsTellIsTheValidations) {
  json content = Diploma();
  content["credentialSubject"]["achievement"]["id"] = SkillUriOf(kPlants);
  content["credentialSubject"]["passendStatement"] = {{"skill", kPlants}, {"level", 2}};
  content["exp"] = absl::ToUnixSeconds(portable_.world().now()) + 3'600;
  ASSERT_EQ(portable_.ImportOne(person_, Signed(content)), "ACCEPTED");
  EXPECT_EQ(portable_.Validations(person_).at(0).expire_time().seconds(), content["exp"]);
}

TEST_F(ImportTest, RefusesWhatTheServersOwnRulesDo) {
  json content = Diploma();
  content["credentialSubject"]["achievement"]["id"] = SkillUriOf(kPlants);
  content["credentialSubject"]["passendStatement"] = {{"skill", kPlants}, {"level", 2}};
  json old = content;
  old["validFrom"] = "1066-10-14T09:00:00Z";
  EXPECT_EQ(portable_.ImportOne(person_, Signed(old)), "ERROR_REASON_CREDENTIAL_FORM");
  json group = content;
  group["credentialSubject"]["achievement"]["id"] = SkillUriOf(kOutside);
  group["credentialSubject"]["passendStatement"]["skill"] = kOutside;
  EXPECT_EQ(portable_.ImportOne(person_, Signed(group)), "ERROR_REASON_CREDENTIAL_MEANING");
  // The statement names one skill, the publisher's identifier another: nobody knows which is meant.
  json torn = content;
  torn["credentialSubject"]["achievement"]["id"] = SkillUriOf(kSweeping);
  EXPECT_EQ(portable_.ImportOne(person_, Signed(torn)), "ERROR_REASON_CREDENTIAL_MEANING");
}

TEST_F(ImportTest, ProofsCannotBeRecordedByHand) {
  v1::RecordValidationsRequest request;
  request.set_parent(person_);
  v1::Validation& validation = *request.add_validations();
  validation.set_skill(kSweeping);
  validation.set_level(3);
  validation.set_method(v1::VALIDATION_METHOD_FORMAL);
  validation.mutable_foreign_proof()->set_issuer(kSchool);
  ASSERT_TRUE(
      portable_.world()
          .Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations", request)
          .ok());
  EXPECT_FALSE(portable_.Validations(person_).at(0).has_foreign_proof());
}

TEST_F(ImportTest, ProofsCountInWhatAPassportMayHold) {
  json content = Diploma();
  content["credentialSubject"]["achievement"]["id"] = SkillUriOf(kPlants);
  content["credentialSubject"]["passendStatement"] = {{"skill", kPlants}, {"level", 2}};
  content["credentialSubject"]["achievement"]["description"] = std::string(45'000, 'x');
  int accepted = 0;
  absl::Status refused;
  for (int i = 0; i < 80 && refused.ok(); ++i) {
    content["id"] = "urn:uuid:" + std::to_string(i);
    const auto response = portable_.Import(person_, {Signed(content)});
    refused = response.status();
    accepted += response.ok() && response->results(0).outcome() == v1::IMPORT_OUTCOME_ACCEPTED;
  }
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_LIMIT_EXCEEDED);
  EXPECT_EQ(MetadataOf(refused, "limit"), "bytes of validations of a passport");
  EXPECT_GT(accepted, 40);
  EXPECT_EQ(portable_.Validations(person_).size(), static_cast<size_t>(accepted));
}

TEST_F(ImportTest, SaysNotThereOfWhoIsNotThere) {
  v1::ImportCredentialsRequest request = Asking("a.b.c");
  request.set_parent("passports/nobody");
  EXPECT_EQ(ReasonOf(Send(request).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

}  // namespace
}  // namespace passend::service
