// What is taken along holds what its taker may see, and no more, whatever it is taken along as.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "service/credential/compact_jwt.h"
#include "service/errors/error_status.h"
#include "tests/service/portable/portable_world.h"

namespace passend::service {
namespace {

using testing::HasSubstr;
using testing::Not;

class ExportSightTest : public testing::Test {
 protected:
  ExportSightTest() {
    v1::Passport passport = WholePassport();
    passport.add_partners("partners/city");
    passport.add_coaches("coaches/step-up");
    person_ = portable_.world().CreatePassport(passport).name();
    v1::RecordValidationsRequest request;
    request.set_parent(person_);
    v1::Validation& validation = *request.add_validations();
    validation.set_skill(kSweeping);
    validation.set_level(3);
    validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
    validation.set_validator("coaches/step-up");
    validation.set_capacity("kanarie-capacity");
    validation.set_place("kanarie-place");
    validation.set_evidence_uri("https://example.org/kanarie-evidence");
    EXPECT_TRUE(
        portable_.world()
            .Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations", request)
            .ok());
    // One that a school signed, from another server that took it in.
    PortableWorld school(kSchool);
    const std::string there = school.world().CreatePassport().name();
    school.world().Record(there, kPlants, 4);
    trusted_ = TrustText(school.key(), false);
    foreign_ = school.Export(there).at(0);
  }

  absl::StatusOr<v1::ExportPassportResponse> ExportAs(Role role, const std::string& tenant,
                                                      v1::ExportFormat format) {
    CallContext context = portable_.world().ContextFor("PassportService.ExportPassport");
    context.caller = {"unix:", "somebody", role, tenant, Proof::kToken};
    v1::ExportPassportRequest request;
    request.set_name(person_);
    request.set_format(format);
    const auto bytes = portable_.world().bindings().Answer(context, request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    v1::ExportPassportResponse response;
    EXPECT_TRUE(response.ParseFromString(*bytes));
    return response;
  }
  // All texts of all three formats, credentials opened.
  std::string EverythingAs(Role role, const std::string& tenant) {
    std::string all;
    for (const v1::ExportFormat format : {v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL,
                                          v1::EXPORT_FORMAT_JSON, v1::EXPORT_FORMAT_HTML}) {
      const auto response = ExportAs(role, tenant, format);
      EXPECT_TRUE(response.ok()) << response.status();
      if (!response.ok()) continue;
      for (const std::string& jwt : response->credentials()) all += OpenJwt(jwt)->payload.dump();
      all += response->DebugString();
    }
    return all;
  }

  PortableWorld portable_;
  std::string person_;
  std::string trusted_;
  std::string foreign_;
};

TEST_F(ExportSightTest, TheCoachAndThePersonTakeAlongWhatWasSeen) {
  const std::string id = person_.substr(std::string("passports/").size());
  for (const auto& [role, tenant] : {std::pair<Role, std::string>{Role::kCoach, "step-up"},
                                     std::pair<Role, std::string>{Role::kPerson, id}}) {
    const std::string all = EverythingAs(role, tenant);
    for (const char* text : {"kanarie-capacity", "kanarie-place", "kanarie-evidence"}) {
      EXPECT_THAT(all, HasSubstr(text));
    }
  }
}

TEST_F(ExportSightTest, APartnerTakesAlongWhatItSees) {
  const std::string all = EverythingAs(Role::kPartner, "city");
  EXPECT_THAT(all, Not(HasSubstr("kanarie")));
  EXPECT_THAT(all, Not(HasSubstr("coaches/step-up/")));
  EXPECT_THAT(all, HasSubstr(kSweeping));
  EXPECT_THAT(all, HasSubstr("section class=\\\"best\\\""));
}

TEST_F(ExportSightTest, WhatAPartnerTookAlongIsThereAlready) {
  const auto partners = ExportAs(Role::kPartner, "city", v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL);
  ASSERT_TRUE(partners.ok()) << partners.status();
  ASSERT_EQ(partners->credentials_size(), 1);
  EXPECT_EQ(portable_.ImportOne(person_, partners->credentials(0)), "UNCHANGED")
      << "though it does not say who saw it";
  EXPECT_EQ(portable_.Validations(person_).size(), 1u);
}

TEST_F(ExportSightTest, NobodyElseTakesAnythingAlong) {
  for (const auto& [role, tenant] : {std::pair<Role, std::string>{Role::kPartner, "other"},
                                     std::pair<Role, std::string>{Role::kCoach, "other"},
                                     std::pair<Role, std::string>{Role::kPerson, "other"}}) {
    for (const v1::ExportFormat format : {v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL,
                                          v1::EXPORT_FORMAT_JSON, v1::EXPORT_FORMAT_HTML}) {
      EXPECT_EQ(ReasonOf(ExportAs(role, tenant, format).status()),
                v1::ERROR_REASON_PASSPORT_NOT_FOUND);
    }
  }
}

TEST_F(ExportSightTest, WhatOthersSignedIsForWhoMaySeeWhoSaysSo) {
  PortableWorld trusting("https://other.example.org", trusted_);
  v1::Passport passport;
  passport.add_partners("partners/city");
  passport.add_coaches("coaches/step-up");
  person_ = trusting.world().CreatePassport(passport).name();
  ASSERT_EQ(trusting.ImportOne(person_, foreign_), "ACCEPTED");
  const auto as = [&](Role role, const std::string& tenant, v1::ExportFormat format) {
    CallContext context = trusting.world().ContextFor("PassportService.ExportPassport");
    context.caller = {"unix:", "somebody", role, tenant, Proof::kToken};
    v1::ExportPassportRequest request;
    request.set_name(person_);
    request.set_format(format);
    v1::ExportPassportResponse response;
    EXPECT_TRUE(response.ParseFromString(
        trusting.world().bindings().Answer(context, request.SerializeAsString()).value_or("")));
    return response;
  };
  const auto coachs =
      as(Role::kCoach, "step-up", v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL).credentials();
  ASSERT_EQ(coachs.size(), 1);
  EXPECT_EQ(coachs[0], foreign_);
  EXPECT_TRUE(
      as(Role::kPartner, "city", v1::EXPORT_FORMAT_VERIFIABLE_CREDENTIAL).credentials().empty());
  const v1::PortablePassport partners =
      as(Role::kPartner, "city", v1::EXPORT_FORMAT_JSON).everything();
  ASSERT_EQ(partners.validations_size(), 1);
  EXPECT_FALSE(partners.validations(0).has_foreign_proof());
}

}  // namespace
}  // namespace passend::service
