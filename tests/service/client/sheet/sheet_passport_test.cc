#include "service/client/sheet/sheet_passport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/client/message_from_text.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

TEST(WithSheet, ChangesWhatWasFilledInAndNothingElse) {
  const auto passport =
      FromText<v1::Passport>(
          R"pb(
            name: "passports/p"
            etag: "e"
            region: "drenthe"
            wishes {
              features { feature: WORK_FEATURE_GREEN attitude: ATTITUDE_NEVER }
              hours { weekly_hours_min: 1 weekly_hours_max: 2 }
              travel { minutes_max: 30 }
            }
            paces {
              kind: WORK_KIND_GREEN
              tempo_percent: 50
              days_per_week: 2
              basis: PACE_BASIS_MEASURED
              place: "garden"
            }
            support {
              needs { kind: SUPPORT_KIND_GUIDANCE solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR }
            })pb");
  EXPECT_TRUE(SaysTheSame(passport, WithSheet(passport, v1::Passport())));
  EXPECT_TRUE(SaysTheSame(
      passport,
      WithSheet(passport, FromText<v1::Passport>(R"pb(
                  region: "drenthe"
                  support { needs { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR } })pb"))))
      << "kinds are the server's";
  const v1::Passport changed =
      WithSheet(passport, FromText<v1::Passport>(R"pb(
                  wishes { features { feature: WORK_FEATURE_SHOP attitude: ATTITUDE_NEVER } }
                  paces { kind: WORK_KIND_GREEN tempo_percent: 60 basis: PACE_BASIS_MEASURED }
                  paces { kind: WORK_KIND_SHOP basis: PACE_BASIS_EXPECTED }
                  support { nothing_needed: true })pb"));
  EXPECT_EQ(changed.DebugString(),
            FromText<v1::Passport>(R"pb(
              name: "passports/p"
              etag: "e"
              region: "drenthe"
              wishes {
                features { feature: WORK_FEATURE_SHOP attitude: ATTITUDE_NEVER }
                hours { weekly_hours_min: 1 weekly_hours_max: 2 }
                travel { minutes_max: 30 }
              }
              paces {
                kind: WORK_KIND_GREEN
                tempo_percent: 60
                days_per_week: 2
                basis: PACE_BASIS_MEASURED
                place: "garden"
              }
              paces { kind: WORK_KIND_SHOP basis: PACE_BASIS_EXPECTED }
              support { nothing_needed: true })pb")
                .DebugString());
}

TEST(FindValidation, TellsWhatStandsFromWhatWasRevoked) {
  const std::vector<v1::Validation> known = {FromText<v1::Validation>(R"pb(
                                               skill: "s"
                                               level: 3
                                               method: VALIDATION_METHOD_OBSERVED
                                               validate_time { seconds: 90000 }
                                               place: "kitchen"
                                             )pb"),
                                             FromText<v1::Validation>(R"pb(
                                               skill: "s"
                                               level: 3
                                               method: VALIDATION_METHOD_OBSERVED
                                               validate_time { seconds: 300000 }
                                               revoke_time { seconds: 300001 }
                                               place: "kitchen"
                                             )pb"),
                                             FromText<v1::Validation>(R"pb(
                                               skill: "r"
                                               level: 3
                                               method: VALIDATION_METHOD_OBSERVED
                                               validate_time { seconds: 90000 }
                                               revoke_time { seconds: 90001 }
                                             )pb")};
  const auto found = [&](const std::string& text) {
    return FindValidation(known, FromText<v1::Validation>(text));
  };
  const std::string s = "skill: 's' level: 3 method: VALIDATION_METHOD_OBSERVED place: 'kitchen' ";
  const std::string r = "skill: 'r' level: 3 method: VALIDATION_METHOD_OBSERVED ";
  EXPECT_EQ(found(s), KnownValidation::kStands) << "although another day was revoked";
  EXPECT_EQ(found(s + "validate_time { seconds: 86400 }"), KnownValidation::kStands);
  EXPECT_EQ(found(s + "validate_time { seconds: 259200 }"), KnownValidation::kRevoked);
  EXPECT_EQ(found(s + "validate_time { seconds: 1 }"), KnownValidation::kNew);
  EXPECT_EQ(found("skill: 's' level: 4 method: VALIDATION_METHOD_OBSERVED place: 'kitchen'"),
            KnownValidation::kNew);
  EXPECT_EQ(found("skill: 's' level: 3 method: VALIDATION_METHOD_OBSERVED"), KnownValidation::kNew);
  EXPECT_EQ(found(r), KnownValidation::kRevoked);
  EXPECT_EQ(found(r + "validate_time { seconds: 86400 }"), KnownValidation::kRevoked);
  EXPECT_EQ(found(r + "validate_time { seconds: 172800 }"), KnownValidation::kNew);
}

TEST(RecordOf, GivesAValidationTheSameIdForTheSameSkillAndDay) {
  SheetPerson person{
      .reference = "c-1", .row = 2, .passport = {}, .skills = {}, .cells_by_field = {}};
  person.passport.set_region("drenthe");
  person.skills.push_back({.row = 2, .name = "s", .validation = {}});
  person.skills[0].validation.set_skill("s");
  person.skills[0].validation.set_level(2);
  const v1::PushRecord before = RecordOf(person);
  person.skills[0].validation.set_level(3);
  const v1::PushRecord after = RecordOf(person);
  EXPECT_EQ(before.external_id(), "c-1");
  EXPECT_EQ(before.upsert().validations(0).external_id(),
            after.upsert().validations(0).external_id());
  EXPECT_NE(before.revision(), after.revision());
  EXPECT_EQ(after.revision(), RecordOf(person).revision());
  EXPECT_LE(after.revision().size(), 64u);
}

}  // namespace
}  // namespace passend::client
