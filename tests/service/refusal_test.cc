// Every bad input gets the right code, reason and field, and nothing is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "passend/v1/passport_service.pb.h"
#include "passend/v1/policy_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

constexpr char kRequestId[] = "used-before-1";

// What the world holds before the bad input.
struct Scene {
  ServiceWorld world;
  v1::Passport passport;
  v1::Task task;

  Scene() {
    v1::CreatePassportRequest request;
    *request.mutable_passport() = WholePassport();
    request.set_request_id(kRequestId);
    passport = world.Call<v1::Passport>("PassportService.CreatePassport", request).value();
    task = world.CreateTask(WholeTask());
    world.CreatePassport();
  }

  absl::Status CreatePassport(const std::function<void(v1::Passport&)>& spoil,
                              const std::string& request_id = "") {
    v1::CreatePassportRequest request;
    *request.mutable_passport() = WholePassport();
    request.set_request_id(request_id);
    spoil(*request.mutable_passport());
    return world.Call<v1::Passport>("PassportService.CreatePassport", request).status();
  }
  absl::Status UpdatePassport(const std::function<void(v1::UpdatePassportRequest&)>& spoil) {
    v1::UpdatePassportRequest request;
    request.mutable_passport()->set_name(passport.name());
    request.mutable_passport()->set_region("delft");
    spoil(request);
    return world.Call<v1::Passport>("PassportService.UpdatePassport", request).status();
  }
  absl::Status CreateTask(const std::function<void(v1::Task&)>& spoil) {
    v1::CreateTaskRequest request;
    *request.mutable_task() = WholeTask();
    spoil(*request.mutable_task());
    return world.Call<v1::Task>("TaskService.CreateTask", request).status();
  }
  absl::Status Record(const std::function<void(v1::Validation&)>& spoil) {
    v1::RecordValidationsRequest request;
    request.set_parent(passport.name());
    v1::Validation& validation = *request.add_validations();
    validation.set_skill(kSweeping);
    validation.set_level(3);
    validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
    spoil(validation);
    return world.Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations", request)
        .status();
  }
  absl::Status ListPassports(const std::function<void(v1::ListPassportsRequest&)>& spoil) {
    v1::ListPassportsRequest request;
    spoil(request);
    return world.Call<v1::ListPassportsResponse>("PassportService.ListPassports", request).status();
  }
  std::string PageToken() {
    v1::ListPassportsRequest request;
    request.set_page_size(1);
    return world.Call<v1::ListPassportsResponse>("PassportService.ListPassports", request)
        ->next_page_token();
  }
};

struct BadInput {
  const char* name;
  std::function<absl::Status(Scene&)> send;
  absl::StatusCode code;
  v1::ErrorReason reason;
  const char* field;  // "": none is named
};

void PrintTo(const BadInput& input, std::ostream* out) { *out << input.name; }

class RefusalTest : public testing::TestWithParam<BadInput> {};

TEST_P(RefusalTest, SaysWhyAndWritesNothing) {
  Scene scene;
  const Contents before = ContentsOf(scene.world.store());
  const absl::Status status = GetParam().send(scene);
  EXPECT_EQ(status.code(), GetParam().code) << status;
  EXPECT_EQ(v1::ErrorReason_Name(ReasonOf(status)), v1::ErrorReason_Name(GetParam().reason));
  EXPECT_EQ(FieldOf(status), GetParam().field);
  if (GetParam().code == absl::StatusCode::kInvalidArgument) {
    ASSERT_TRUE(BadRequestOf(status).has_value());
    EXPECT_EQ(BadRequestOf(status)->field_violations(0).field(), GetParam().field);
    EXPECT_NE(BadRequestOf(status)->field_violations(0).description(), "");
  }
  EXPECT_EQ(ContentsOf(scene.world.store()), before);
}

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
constexpr auto kField = v1::ERROR_REASON_INVALID_FIELD;

const BadInput kBadInputs[] = {
    {"UnknownSkill",
     [](Scene& scene) {
       return scene.Record([](v1::Validation& validation) { validation.set_skill(kUnheardOf); });
     },
     kInvalid, v1::ERROR_REASON_UNKNOWN_SKILL, "validations[0].skill"},
    {"UnknownRequiredSkill",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_required_skills(0)->set_skill(kUnheardOf); });
     },
     kInvalid, v1::ERROR_REASON_UNKNOWN_SKILL, "task.required_skills[0].skill"},
    {"LevelAboveScale",
     [](Scene& scene) {
       return scene.Record([](v1::Validation& validation) { validation.set_level(6); });
     },
     kInvalid, kField, "validations[0].level"},
    {"LevelNotSet",
     [](Scene& scene) {
       return scene.Record([](v1::Validation& validation) { validation.clear_level(); });
     },
     kInvalid, kField, "validations[0].level"},
    {"LevelNegative",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_required_skills(0)->set_level(-1); });
     },
     kInvalid, kField, "task.required_skills[0].level"},
    {"ValidatedInTheFuture",
     [](Scene& scene) {
       return scene.Record([&](v1::Validation& validation) {
         validation.mutable_validate_time()->set_seconds(
             absl::ToUnixSeconds(scene.world.now() + absl::Hours(1)));
       });
     },
     kInvalid, kField, "validations[0].validate_time"},
    {"FewestHoursAboveMost",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_hours()->set_weekly_hours_min(40);
       });
     },
     kInvalid, kField, "passport.wishes.hours.weekly_hours_min"},
    {"WantedAndAvoided",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         v1::Wish& wish = *passport.mutable_wishes()->add_features();
         wish.set_feature(v1::WORK_FEATURE_GREEN);
         wish.set_attitude(v1::ATTITUDE_AVOIDS);
         wish.set_strength(1);
       });
     },
     kInvalid, kField, "passport.wishes.features[2].feature"},
    {"FeatureThatIsNone",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) {
         passport.mutable_wishes()->mutable_features(0)->set_feature(
             static_cast<v1::WorkFeature>(999));
       });
     },
     kInvalid, kField, "passport.wishes.features[0].feature"},
    {"StaleEtag",
     [](Scene& scene) {
       return scene.UpdatePassport(
           [](v1::UpdatePassportRequest& request) { request.mutable_passport()->set_etag("0"); });
     },
     absl::StatusCode::kAborted, v1::ERROR_REASON_ETAG_MISMATCH, ""},
    {"RequestIdWithAnotherBody",
     [](Scene& scene) {
       return scene.CreatePassport([](v1::Passport& passport) { passport.set_region("delft"); },
                                   kRequestId);
     },
     absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_REQUEST_ID_REUSED, ""},
    {"RequestIdTooShort",
     [](Scene& scene) { return scene.CreatePassport([](v1::Passport&) {}, "short"); }, kInvalid,
     kField, "request_id"},
    {"UnknownMaskPath",
     [](Scene& scene) {
       return scene.UpdatePassport([](v1::UpdatePassportRequest& request) {
         request.mutable_update_mask()->add_paths("region");
         request.mutable_update_mask()->add_paths("wishes.salary");
       });
     },
     kInvalid, kField, "update_mask"},
    {"NoSuchPassport",
     [](Scene& scene) {
       return scene.UpdatePassport([](v1::UpdatePassportRequest& request) {
         request.mutable_passport()->set_name("passports/nobody");
       });
     },
     absl::StatusCode::kNotFound, v1::ERROR_REASON_PASSPORT_NOT_FOUND, ""},
    {"NameThatIsNone",
     [](Scene& scene) {
       return scene.UpdatePassport([](v1::UpdatePassportRequest& request) {
         request.mutable_passport()->set_name("Passports/X");
       });
     },
     kInvalid, kField, "passport.name"},
    {"NoAdditionality",
     [](Scene& scene) {
       return scene.CreateTask([](v1::Task& task) { task.clear_additionality(); });
     },
     kInvalid, kField, "task.additionality"},
    {"NoAdditionalityStatement",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_additionality()->clear_statement(); });
     },
     kInvalid, kField, "task.additionality.statement"},
    {"BlankAdditionalityStatement",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_additionality()->set_statement("  "); });
     },
     kInvalid, kField, "task.additionality.statement"},
    {"SharesOfOtherThanAHundred",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_sub_tasks(0)->set_hours_share_percent(61); });
     },
     kInvalid, kField, "task.sub_tasks"},
    {"MalformedPageToken",
     [](Scene& scene) {
       return scene.ListPassports(
           [](v1::ListPassportsRequest& request) { request.set_page_token("made up"); });
     },
     kInvalid, v1::ERROR_REASON_INVALID_PAGE_TOKEN, "page_token"},
    {"PageTokenForOtherArguments",
     [](Scene& scene) {
       return scene.ListPassports([&](v1::ListPassportsRequest& request) {
         request.set_page_token(scene.PageToken());
         request.set_region("delft");
       });
     },
     kInvalid, v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS, "page_token"},
    {"NegativePageSize",
     [](Scene& scene) {
       return scene.ListPassports(
           [](v1::ListPassportsRequest& request) { request.set_page_size(-1); });
     },
     kInvalid, kField, "page_size"},
};

INSTANTIATE_TEST_SUITE_P(BadInputs, RefusalTest, testing::ValuesIn(kBadInputs),
                         [](const auto& input) { return std::string(input.param.name); });

TEST(RefusalSceneTest, WithoutSpoilingAllIsWell) {
  Scene scene;
  EXPECT_TRUE(scene.CreatePassport([](v1::Passport&) {}).ok());
  EXPECT_TRUE(scene.CreatePassport([](v1::Passport&) {}, kRequestId).ok());
  EXPECT_TRUE(scene.UpdatePassport([](v1::UpdatePassportRequest&) {}).ok());
  EXPECT_TRUE(scene.CreateTask([](v1::Task&) {}).ok());
  EXPECT_TRUE(scene.Record([](v1::Validation&) {}).ok());
  EXPECT_TRUE(scene
                  .ListPassports([&](v1::ListPassportsRequest& request) {
                    request.set_page_token(scene.PageToken());
                    request.set_page_size(2'000'000'000);
                  })
                  .ok());
}

}  // namespace
}  // namespace passend::service
