// What a consent opens, to whom, for what, and until when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/disclosure/disclosure_plan.h"
#include "tests/service/consent/consent_scene.h"

namespace passend::service {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class ConsentAccessTest : public ConsentScene {
 protected:
  void ExpectNotThere(const Caller& caller) const {
    EXPECT_EQ(ReasonOf(Get(caller).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
    EXPECT_EQ(ReasonOf(Validations(caller).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  }
};

TEST_F(ConsentAccessTest, EverybodySeesWhatTheyNeedWithoutAConsent) {
  const auto of_person = Get(person_);
  const auto of_coach = Get(coach_);
  const auto of_partner = Get(partner_);
  ASSERT_TRUE(of_person.ok() && of_coach.ok() && of_partner.ok());
  EXPECT_EQ(of_person->DebugString(), of_coach->DebugString());
  EXPECT_EQ(of_coach->skills(0).validations(0).place(), "community kitchen");
  EXPECT_EQ(of_partner->skills(0).validations(0).level(), 3);
  EXPECT_EQ(of_partner->skills(0).validations(0).place(), "") << "between person and coach";
  EXPECT_EQ(of_partner->skills(0).validations(0).validator(), "");
  EXPECT_EQ(of_partner->paces(0).place(), "park");
  EXPECT_TRUE(of_partner->has_support());
  ExpectNotThere(other_coach_);
  ExpectNotThere(employer_);
}

TEST_F(ConsentAccessTest, ALiveConsentOpensExactlyItsGroups) {
  MustGrant(Asked("coaches/step-up", v1::PURPOSE_GUIDANCE,
                  {v1::FIELD_GROUP_BASIC, v1::FIELD_GROUP_SKILLS}));
  const auto passport = Get(other_coach_);
  ASSERT_TRUE(passport.ok()) << passport.status();
  EXPECT_EQ(DisclosurePlan(*v1::Passport::descriptor()).GroupsShown(*passport),
            (GroupSet{v1::FIELD_GROUP_BASIC, v1::FIELD_GROUP_SKILLS}));
  EXPECT_EQ(passport->region(), "groningen");
  EXPECT_EQ(passport->name(), "");
  const auto validations = Validations(other_coach_);
  ASSERT_TRUE(validations.ok()) << validations.status();
  ASSERT_THAT(validations->validations(), SizeIs(1));
  EXPECT_EQ(validations->validations(0).skill(), kSweeping);
  EXPECT_EQ(validations->validations(0).place(), "");
}

TEST_F(ConsentAccessTest, EmployersTooButForNothingMore) {
  MustGrant(Asked("employers/zorghuis", v1::PURPOSE_GUIDANCE, {v1::FIELD_GROUP_SUPPORT}));
  const auto passport = Get(employer_);
  ASSERT_TRUE(passport.ok()) << passport.status();
  EXPECT_TRUE(passport->has_support());
  EXPECT_FALSE(passport->has_wishes());
  const auto validations = Validations(employer_);
  ASSERT_TRUE(validations.ok()) << validations.status();
  EXPECT_THAT(validations->validations(), IsEmpty()) << "not even how many there are";
}

TEST_F(ConsentAccessTest, AConsentAddsToWhatAPartnerSeesAnyhow) {
  MustGrant(Asked("partners/delft", v1::PURPOSE_GUIDANCE,
                  {v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_EVIDENCE}));
  const auto passport = Get(partner_);
  ASSERT_TRUE(passport.ok()) << passport.status();
  EXPECT_EQ(passport->skills(0).validations(0).place(), "community kitchen");
  EXPECT_TRUE(passport->has_support());
}

TEST_F(ConsentAccessTest, ItEndsAtItsTime) {
  MustGrant(
      Asked("coaches/step-up", v1::PURPOSE_GUIDANCE, {v1::FIELD_GROUP_BASIC}, absl::Hours(1)));
  world_.Advance(absl::Hours(1) - absl::Seconds(1));
  EXPECT_TRUE(Get(other_coach_).ok());
  world_.Advance(absl::Seconds(1));
  ExpectNotThere(other_coach_);
}

TEST_F(ConsentAccessTest, RevokedItIsGoneWithTheNextCall) {
  const v1::Consent consent =
      MustGrant(Asked("coaches/step-up", v1::PURPOSE_GUIDANCE, {v1::FIELD_GROUP_BASIC}));
  EXPECT_TRUE(Get(other_coach_).ok());
  ASSERT_TRUE(Revoke(person_, consent.name()).ok());
  ExpectNotThere(other_coach_);
}

TEST_F(ConsentAccessTest, ItIsForNobodyElseAndForNothingElse) {
  MustGrant(Asked("coaches/third", v1::PURPOSE_GUIDANCE, {v1::FIELD_GROUP_BASIC}));
  MustGrant(Asked("partners/step-up", v1::PURPOSE_GUIDANCE, {v1::FIELD_GROUP_BASIC}));
  MustGrant(Asked("coaches/step-up", v1::PURPOSE_MATCHING, {v1::FIELD_GROUP_BASIC}));
  ExpectNotThere(other_coach_);
}

TEST_F(ConsentAccessTest, NobodyWritesOrListsByIt) {
  MustGrant(Asked("coaches/step-up", v1::PURPOSE_GUIDANCE,
                  {v1::FIELD_GROUP_BASIC, v1::FIELD_GROUP_IDENTITY}));
  v1::UpdatePassportRequest update;
  update.mutable_passport()->set_name(passport_);
  update.mutable_passport()->set_region("drenthe");
  EXPECT_EQ(
      ReasonOf(Call<v1::Passport>(other_coach_, "PassportService.UpdatePassport", update).status()),
      v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  const auto listed = Call<v1::ListPassportsResponse>(other_coach_, "PassportService.ListPassports",
                                                      v1::ListPassportsRequest());
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_THAT(listed->passports(), IsEmpty());
  EXPECT_EQ(ReasonOf(Consents(other_coach_).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND)
      << "who else may see is not shared";
}

}  // namespace
}  // namespace passend::service
