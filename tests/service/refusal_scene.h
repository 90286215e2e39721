// What tests of bad input share: a world with something in it, ways to send it a request that is
// right but for one thing, and what every refusal has to keep.
#ifndef PASSEND_TESTS_SERVICE_REFUSAL_SCENE_H_
#define PASSEND_TESTS_SERVICE_REFUSAL_SCENE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>

#include "passend/v1/passport_service.pb.h"
#include "passend/v1/policy_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "tests/service/service_world.h"

namespace passend::service {

inline constexpr char kUsedRequestId[] = "used-before-1";

// What the world holds before the bad input.
struct Scene {
  ServiceWorld world;
  v1::Passport passport;
  v1::Validation validation;
  v1::Task task;

  Scene() {
    v1::CreatePassportRequest request;
    *request.mutable_passport() = WholePassport();
    request.set_request_id(kUsedRequestId);
    passport = world.Call<v1::Passport>("PassportService.CreatePassport", request).value();
    validation = world.Record(passport.name(), kPlants, 2);
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
  absl::Status UpdateTask(const std::function<void(v1::UpdateTaskRequest&)>& spoil) {
    v1::UpdateTaskRequest request;
    request.mutable_task()->set_name(task.name());
    request.mutable_task()->set_title("Moestuin");
    spoil(request);
    return world.Call<v1::Task>("TaskService.UpdateTask", request).status();
  }
  absl::Status CloseTask(const std::function<void(v1::CloseTaskRequest&)>& spoil) {
    v1::CloseTaskRequest request;
    request.set_name(task.name());
    spoil(request);
    return world.Call<v1::Task>("TaskService.CloseTask", request).status();
  }
  absl::Status Publish(const std::function<void(v1::Policy&)>& spoil) {
    v1::GetPolicyRequest get;
    get.set_name("policies/1");
    v1::PublishPolicyRequest request;
    *request.mutable_policy() = world.Call<v1::Policy>("PolicyService.GetPolicy", get).value();
    spoil(*request.mutable_policy());
    return world.Call<v1::Policy>("PolicyService.PublishPolicy", request).status();
  }
  absl::Status Revoke(const std::function<void(v1::RevokeValidationRequest&)>& spoil) {
    v1::RevokeValidationRequest request;
    request.set_name(validation.name());
    request.set_reason("a mistake");
    spoil(request);
    return world.Call<v1::Validation>("ValidationService.RevokeValidation", request).status();
  }
  absl::Status Erase(const std::function<void(v1::ErasePassportRequest&)>& spoil) {
    v1::ErasePassportRequest request;
    request.set_name(passport.name());
    spoil(request);
    return world.Call<v1::ErasePassportResponse>("PassportService.ErasePassport", request).status();
  }
  absl::Status Record(const std::function<void(v1::Validation&)>& spoil) {
    v1::RecordValidationsRequest request;
    request.set_parent(passport.name());
    v1::Validation& observed = *request.add_validations();
    observed.set_skill(kSweeping);
    observed.set_level(3);
    observed.set_method(v1::VALIDATION_METHOD_OBSERVED);
    spoil(observed);
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
  const char* field;    // "": none is named
  const char* allowed;  // part of the text: what would be right, or what to do
};

inline void PrintTo(const BadInput& input, std::ostream* out) { *out << input.name; }

// Sends it, and expects its code, reason, field and text, and a store as it was before.
inline void ExpectRefused(const BadInput& input) {
  Scene scene;
  const Contents before = ContentsOf(scene.world.store());
  const absl::Status status = input.send(scene);
  EXPECT_EQ(status.code(), input.code) << status;
  EXPECT_EQ(v1::ErrorReason_Name(ReasonOf(status)), v1::ErrorReason_Name(input.reason));
  EXPECT_EQ(FieldOf(status), input.field);
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr(input.allowed));
  if (input.code == absl::StatusCode::kInvalidArgument) {
    ASSERT_TRUE(BadRequestOf(status).has_value());
    EXPECT_EQ(BadRequestOf(status)->field_violations(0).field(), input.field);
    EXPECT_THAT(BadRequestOf(status)->field_violations(0).description(),
                testing::HasSubstr(input.allowed));
  }
  EXPECT_EQ(ContentsOf(scene.world.store()), before);
}

inline constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
inline constexpr auto kField = v1::ERROR_REASON_INVALID_FIELD;

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_REFUSAL_SCENE_H_
