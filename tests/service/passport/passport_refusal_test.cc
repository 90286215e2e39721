// Every bad input for passports and validations gets the right code, reason, field and text, and
// nothing is written.
#include <limits>

#include "tests/service/refusal_scene.h"

namespace passend::service {
namespace {

class PassportRefusalTest : public testing::TestWithParam<BadInput> {};

TEST_P(PassportRefusalTest, SaysWhyAndWritesNothing) { ExpectRefused(GetParam()); }

const BadInput kBadInputs[] = {
    {"UnknownSkill",
     [](Scene& scene) {
       return scene.Record([](v1::Validation& validation) { validation.set_skill(kUnheardOf); });
     },
     kInvalid, v1::ERROR_REASON_UNKNOWN_SKILL, "validations[0].skill",
     "a skill of a taxonomy that was imported"},
    {"LevelAboveScale",
     [](Scene& scene) {
       return scene.Record([](v1::Validation& validation) { validation.set_level(6); });
     },
     kInvalid, kField, "validations[0].level", "a whole number from 1 to 5"},
    {"LevelNotSet",
     [](Scene& scene) {
       return scene.Record([](v1::Validation& validation) { validation.clear_level(); });
     },
     kInvalid, kField, "validations[0].level", "a whole number from 1 to 5"},
    {"ValidatedInTheFuture",
     [](Scene& scene) {
       return scene.Record([&](v1::Validation& validation) {
         validation.mutable_validate_time()->set_seconds(
             absl::ToUnixSeconds(scene.world.now() + absl::Hours(1)));
       });
     },
     kInvalid, kField, "validations[0].validate_time", "must not be in the future"},
    {"FewestHoursAboveMost",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_hours()->set_weekly_hours_min(40);
       });
     },
     kInvalid, kField, "passport.wishes.hours.weekly_hours_min",
     "must not be above weekly_hours_max (24)"},
    {"WantedAndAvoided",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         v1::Wish& wish = *passport.mutable_wishes()->add_features();
         wish.set_feature(v1::WORK_FEATURE_GREEN);
         wish.set_attitude(v1::ATTITUDE_AVOIDS);
         wish.set_strength(1);
       });
     },
     kInvalid, kField, "passport.wishes.features[2].feature", "must not be the same"},
    {"FeatureThatIsNone",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_features(0)->set_feature(
             static_cast<v1::WorkFeature>(999));
       });
     },
     kInvalid, kField, "passport.wishes.features[0].feature", "a value of passend.v1.WorkFeature"},
    {"StaleEtag",
     [](Scene& scene) {
       return scene.UpdatePassport(
           [](v1::UpdatePassportRequest& request) { request.mutable_passport()->set_etag("0"); });
     },
     absl::StatusCode::kAborted, v1::ERROR_REASON_ETAG_MISMATCH, "", "its etag is now '2'"},
    {"RequestIdWithAnotherBody",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) { passport.set_region("delft"); },
                                   kUsedRequestId);
     },
     absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_REQUEST_ID_REUSED, "",
     "'used-before-1' was used for another content; use a new one"},
    {"RequestIdTooShort",
     [](Scene& scene) { return scene.CreatePassport([](v1::Passport&) {}, "short"); }, kInvalid,
     kField, "request_id", "8 to 64"},
    {"UnknownMaskPath",
     [](Scene& scene) {
       return scene.UpdatePassport([](v1::UpdatePassportRequest& request) {
         request.mutable_update_mask()->add_paths("region");
         request.mutable_update_mask()->add_paths("wishes.salary");
       });
     },
     kInvalid, kField, "update_mask",
     "must be paths of fields of passend.v1.Passport, or `*` alone; 'wishes.salary'"},
    {"NoSuchPassport",
     [](Scene& scene) {
       return scene.UpdatePassport([](v1::UpdatePassportRequest& request) {
         request.mutable_passport()->set_name("passports/nobody");
       });
     },
     absl::StatusCode::kNotFound, v1::ERROR_REASON_PASSPORT_NOT_FOUND, "",
     "there is no passport passports/nobody"},
    {"NameThatIsNone",
     [](Scene& scene) {
       return scene.UpdatePassport([](v1::UpdatePassportRequest& request) {
         request.mutable_passport()->set_name("Passports/X");
       });
     },
     kInvalid, kField, "passport.name", "must be `passports/{passport}`"},
    {"MalformedPageToken",
     [](Scene& scene) {
       return scene.ListPassports(
           [](v1::ListPassportsRequest& request) { request.set_page_token("made up"); });
     },
     kInvalid, v1::ERROR_REASON_INVALID_PAGE_TOKEN, "page_token",
     "must be a next_page_token that this method gave"},
    {"PageTokenForOtherArguments",
     [](Scene& scene) {
       return scene.ListPassports([&](v1::ListPassportsRequest& request) {
         request.set_page_token(scene.PageToken());
         request.set_region("delft");
       });
     },
     kInvalid, v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS, "page_token", "for the same arguments"},
    {"NegativePageSize",
     [](Scene& scene) {
       return scene.ListPassports(
           [](v1::ListPassportsRequest& request) { request.set_page_size(-1); });
     },
     kInvalid, kField, "page_size", "a whole number from 0"},
    {"LatitudeBeyondThePole",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_travel()->mutable_home()->set_latitude_centidegrees(
             9'001);
       });
     },
     kInvalid, kField, "passport.wishes.travel.home.latitude_centidegrees",
     "a whole number from -9000 to 9000"},
    {"LatitudeThatIsNoNumberAnywhere",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_travel()->mutable_home()->set_latitude_centidegrees(
             std::numeric_limits<int32_t>::min());
       });
     },
     kInvalid, kField, "passport.wishes.travel.home.latitude_centidegrees",
     "a whole number from -9000 to 9000"},
    {"LongitudeThatIsNoNumberAnywhere",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_travel()->mutable_home()->set_longitude_centidegrees(
             std::numeric_limits<int32_t>::max());
       });
     },
     kInvalid, kField, "passport.wishes.travel.home.longitude_centidegrees",
     "a whole number from -18000 to 18000"},
    {"TempoThatIsNoNumberAnywhere",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_paces(0)->set_tempo_percent(std::numeric_limits<int32_t>::max());
       });
     },
     kInvalid, kField, "passport.paces[0].tempo_percent", "a whole number from 1 to 150"},
    {"NeverWithAStrength",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_features(1)->set_strength(2);
       });
     },
     kInvalid, kField, "passport.wishes.features[1].strength", "must not be set with NEVER"},
    {"WantedWithoutStrength",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_features(0)->clear_strength();
       });
     },
     kInvalid, kField, "passport.wishes.features[0].strength",
     "must be 1 to 3 with WANTS and AVOIDS"},
    {"NothingNeededAndNeeds",
     [](Scene& scene) {
       return scene.CreatePassport(
           [](v1::Passport& passport) { passport.mutable_support()->set_nothing_needed(true); });
     },
     kInvalid, kField, "passport.support.nothing_needed", "must not be true where needs are given"},
    {"BroughtAlongAboveWhatIsNeeded",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_support()->mutable_needs(0)->set_brought_along_percent(21);
       });
     },
     kInvalid, kField, "passport.support.needs[0].brought_along_percent",
     "must not be above amount_percent (20)"},
    {"NightShiftInOneBlock",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_schedule()->mutable_blocks(0)->set_start_hour(22);
       });
     },
     kInvalid, kField, "passport.wishes.schedule.blocks[0].end_hour",
     "a night shift is two blocks"},
    {"RegionInCapitals",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) { passport.set_region("Delft"); });
     },
     kInvalid, kField, "passport.region", "a-z"},
    {"EraseWithAStaleEtag",
     [](Scene& scene) {
       return scene.Erase([](v1::ErasePassportRequest& request) { request.set_etag("0"); });
     },
     absl::StatusCode::kAborted, v1::ERROR_REASON_ETAG_MISMATCH, "", "its etag is now '2'"},
    {"EraseNobody",
     [](Scene& scene) {
       return scene.Erase(
           [](v1::ErasePassportRequest& request) { request.set_name("passports/nobody"); });
     },
     absl::StatusCode::kNotFound, v1::ERROR_REASON_PASSPORT_NOT_FOUND, "", "there is no passport"},
    {"ValidationNobodyRecorded",
     [](Scene& scene) {
       return scene.Revoke(
           [](v1::RevokeValidationRequest& request) { request.mutable_name()->append("x"); });
     },
     absl::StatusCode::kNotFound, v1::ERROR_REASON_VALIDATION_NOT_FOUND, "",
     "there is no validation"},
    {"RevokedForNoReason",
     [](Scene& scene) {
       return scene.Revoke([](v1::RevokeValidationRequest& request) { request.clear_reason(); });
     },
     kInvalid, kField, "reason", "a text of at most 500 characters"},
};

INSTANTIATE_TEST_SUITE_P(BadInputs, PassportRefusalTest, testing::ValuesIn(kBadInputs),
                         [](const auto& input) { return std::string(input.param.name); });

TEST(RefusalSceneTest, WithoutSpoilingAllIsWell) {
  Scene scene;
  EXPECT_TRUE(scene.CreatePassport([](v1::Passport&) {}).ok());
  EXPECT_TRUE(scene.CreatePassport([](v1::Passport&) {}, kUsedRequestId).ok());
  EXPECT_TRUE(scene.UpdatePassport([](v1::UpdatePassportRequest&) {}).ok());
  EXPECT_TRUE(scene.CreateTask([](v1::Task&) {}).ok());
  EXPECT_TRUE(scene.Record([](v1::Validation&) {}).ok());
  EXPECT_TRUE(scene.UpdateTask([](v1::UpdateTaskRequest&) {}).ok());
  EXPECT_TRUE(scene.CloseTask([](v1::CloseTaskRequest&) {}).ok());
  EXPECT_TRUE(scene.Publish([](v1::Policy&) {}).ok());
  EXPECT_TRUE(scene.Revoke([](v1::RevokeValidationRequest&) {}).ok());
  EXPECT_TRUE(scene
                  .ListPassports([&](v1::ListPassportsRequest& request) {
                    request.set_page_token(scene.PageToken());
                    request.set_page_size(2'000'000'000);
                  })
                  .ok());
  EXPECT_TRUE(scene.Erase([](v1::ErasePassportRequest&) {}).ok());
}

}  // namespace
}  // namespace passend::service
