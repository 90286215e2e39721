// What is a caller's own, through the handlers: who keeps a passport, whose tasks there are, and
// that request ids and page tokens of others are worth nothing.
#include "service/access/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "service/errors/error_status.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Caller Is(Role role, const std::string& tenant) {
  return {"unix:", "somebody", role, tenant, Proof::kToken};
}
const Caller kDelft = Is(Role::kPartner, "delft");
const Caller kGouda = Is(Role::kPartner, "gouda");
const Caller kCoach = Is(Role::kCoach, "work-first");
const Caller kOtherCoach = Is(Role::kCoach, "step-up");
const Caller kGarden = Is(Role::kEmployer, "garden");
const Caller kBakery = Is(Role::kEmployer, "bakery");

class AccessTest : public testing::Test {
 protected:
  template <typename Response>
  absl::StatusOr<Response> Call(const Caller& caller, const std::string& method,
                                const google::protobuf::Message& request) const {
    CallContext context = world_.ContextFor(method);
    context.caller = caller;
    const auto bytes = world_.bindings().Answer(context, request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Response response;
    response.ParseFromString(*bytes);
    return response;
  }
  absl::StatusOr<v1::Passport> Create(const Caller& caller, const v1::Passport& passport = {},
                                      const std::string& request_id = "") {
    v1::CreatePassportRequest request;
    *request.mutable_passport() = passport;
    request.set_request_id(request_id);
    return Call<v1::Passport>(caller, "PassportService.CreatePassport", request);
  }
  absl::StatusOr<v1::Passport> Get(const Caller& caller, const std::string& name) {
    v1::GetPassportRequest request;
    request.set_name(name);
    return Call<v1::Passport>(caller, "PassportService.GetPassport", request);
  }
  absl::StatusOr<v1::Passport> Share(const Caller& caller, const std::string& name,
                                     const std::vector<std::string>& partners,
                                     const std::vector<std::string>& coaches) {
    v1::UpdatePassportRequest request;
    request.mutable_passport()->set_name(name);
    *request.mutable_passport()->mutable_partners() = {partners.begin(), partners.end()};
    *request.mutable_passport()->mutable_coaches() = {coaches.begin(), coaches.end()};
    request.mutable_update_mask()->add_paths("partners");
    request.mutable_update_mask()->add_paths("coaches");
    return Call<v1::Passport>(caller, "PassportService.UpdatePassport", request);
  }
  absl::StatusOr<v1::Task> CreateTask(const Caller& caller, const std::string& employer,
                                      const std::string& request_id = "",
                                      const std::string& task_id = "") {
    v1::CreateTaskRequest request;
    *request.mutable_task() = WholeTask();
    request.mutable_task()->set_employer(employer);
    request.set_request_id(request_id);
    request.set_task_id(task_id);
    return Call<v1::Task>(caller, "TaskService.CreateTask", request);
  }

  ServiceWorld world_;
};

TEST_F(AccessTest, WhoCreatesAPassportKeepsIt) {
  const auto brought = Create(kDelft);
  ASSERT_TRUE(brought.ok()) << brought.status();
  EXPECT_THAT(brought->partners(), ElementsAre("partners/delft"));
  EXPECT_THAT(brought->coaches(), IsEmpty());
  const auto coached = Create(kCoach);
  ASSERT_TRUE(coached.ok()) << coached.status();
  EXPECT_THAT(coached->coaches(), ElementsAre("coaches/work-first"));
  EXPECT_THAT(coached->partners(), IsEmpty());
  EXPECT_TRUE(Get(kDelft, brought->name()).ok());
  EXPECT_EQ(ReasonOf(Get(kGouda, brought->name()).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Get(kCoach, brought->name()).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

TEST_F(AccessTest, PartnersShareAndCoachesDoNot) {
  v1::Passport shared;
  shared.add_partners("partners/gouda");
  shared.add_coaches("coaches/work-first");
  const auto passport = Create(kDelft, shared);
  ASSERT_TRUE(passport.ok()) << passport.status();
  EXPECT_THAT(passport->partners(), ElementsAre("partners/gouda", "partners/delft"));
  for (const Caller& caller : {kDelft, kGouda, kCoach}) {
    EXPECT_TRUE(Get(caller, passport->name()).ok()) << caller.tenant;
  }
  EXPECT_EQ(FieldOf(Create(kCoach, shared).status()), "passport.partners");
  shared.clear_partners();
  shared.add_coaches("coaches/step-up");
  EXPECT_EQ(FieldOf(Create(kCoach, shared).status()), "passport.coaches");
}

TEST_F(AccessTest, SharingChangesWhoSeesIt) {
  const std::string name = Create(kDelft)->name();
  ASSERT_TRUE(
      Share(kDelft, name, {"partners/delft", "partners/gouda"}, {"coaches/work-first"}).ok());
  EXPECT_TRUE(Get(kGouda, name).ok());
  EXPECT_TRUE(Get(kCoach, name).ok());
  const absl::Status left = Share(kDelft, name, {"partners/gouda"}, {}).status();
  EXPECT_EQ(FieldOf(left), "passport.partners") << "a partner stays on it";
  EXPECT_THAT(std::string(left.message()), HasSubstr("partners/delft"));
  EXPECT_EQ(FieldOf(Share(kCoach, name, {"partners/delft"}, {"coaches/work-first"}).status()),
            "passport.partners");
  EXPECT_EQ(FieldOf(Share(kCoach, name, {"partners/delft", "partners/gouda"},
                          {"coaches/work-first", "coaches/step-up"})
                        .status()),
            "passport.coaches");
  EXPECT_TRUE(
      Share(kCoach, name, {"partners/delft", "partners/gouda"}, {"coaches/work-first"}).ok())
      << "nothing changes";
  ASSERT_TRUE(Share(kDelft, name, {"partners/delft"}, {}).ok());
  EXPECT_EQ(ReasonOf(Get(kGouda, name).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Get(kCoach, name).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

TEST_F(AccessTest, ManyPartnersAreRefusedAsAWhole) {
  v1::Passport full;
  for (int i = 0; i < 16; ++i) full.add_partners("partners/p" + std::to_string(i));
  const absl::Status status = Create(kDelft, full).status();
  EXPECT_EQ(FieldOf(status), "passport.partners") << status;
}

TEST_F(AccessTest, APersonHasTheirOwnPassport) {
  const std::string name = Create(kDelft)->name();
  const std::string other = Create(kDelft)->name();
  const Caller person = Is(Role::kPerson, name.substr(std::string("passports/").size()));
  EXPECT_TRUE(Get(person, name).ok());
  EXPECT_EQ(ReasonOf(Get(person, other).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  v1::ErasePassportRequest erase;
  erase.set_name(other);
  const auto erase_as = [&](const Caller& caller) {
    return Call<v1::ErasePassportResponse>(caller, "PassportService.ErasePassport", erase).status();
  };
  EXPECT_EQ(ReasonOf(erase_as(person)), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  erase.set_name(name);
  EXPECT_EQ(ReasonOf(erase_as(kGouda)), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_TRUE(erase_as(person).ok());
  EXPECT_TRUE(erase_as(person).ok()) << "again is fine, for whom it is about";
  EXPECT_EQ(ReasonOf(erase_as(kGouda)), v1::ERROR_REASON_PASSPORT_NOT_FOUND)
      << "that somebody was erased is not told either";
}

// With the person goes what says whose they were: the caller is known by its own request.
TEST_F(AccessTest, WhoErasesAgainGetsTheAnswerOfBefore) {
  const auto erase = [&](const Caller& caller, const std::string& name, const std::string& etag,
                         const std::string& request_id) {
    v1::ErasePassportRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(request_id);
    return Call<v1::ErasePassportResponse>(caller, "PassportService.ErasePassport", request);
  };
  for (const std::string request_id : {"", "erase-0001"}) {
    v1::Passport shared;
    shared.add_partners("partners/gouda");
    const auto passport = Create(kDelft, shared);
    ASSERT_TRUE(passport.ok()) << passport.status();
    world_.Record(passport->name(), kSweeping, 3);
    const std::string id = passport->name().substr(std::string("passports/").size());
    for (const std::string& etag : {passport->etag(), passport->etag(), std::string()}) {
      if (etag.empty() && !request_id.empty()) continue;  // another content
      const auto erased = erase(kDelft, passport->name(), etag, request_id);
      ASSERT_TRUE(erased.ok()) << erased.status();
      EXPECT_EQ(erased->erased_validations(), 1) << "with request id `" << request_id << "`";
    }
    const auto by_person = erase(Is(Role::kPerson, id), passport->name(), "", request_id);
    ASSERT_TRUE(by_person.ok()) << by_person.status();
    EXPECT_EQ(by_person->erased_validations(), 0) << "none went with it this time";
    for (const Caller& caller : {kGouda, kCoach}) {
      const absl::Status other = erase(caller, passport->name(), "", request_id).status();
      const absl::Status nobody = erase(caller, "passports/nobody", "", request_id).status();
      EXPECT_EQ(ReasonOf(other), v1::ERROR_REASON_PASSPORT_NOT_FOUND) << caller.tenant;
      EXPECT_EQ(ReasonOf(nobody), ReasonOf(other)) << caller.tenant;
    }
  }
}

TEST_F(AccessTest, ValidationsGoWithThePassport) {
  const std::string name = Create(kCoach)->name();
  v1::RecordValidationsRequest record;
  record.set_parent(name);
  record.set_request_id("request-0001");
  v1::Validation& validation = *record.add_validations();
  validation.set_skill(kSweeping);
  validation.set_level(2);
  validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
  const auto record_as = [&](const Caller& caller) {
    return Call<v1::RecordValidationsResponse>(caller, "ValidationService.RecordValidations",
                                               record);
  };
  EXPECT_EQ(ReasonOf(record_as(kOtherCoach).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  const auto recorded = record_as(kCoach);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(ReasonOf(record_as(kOtherCoach).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND)
      << "with the same request id too";
  v1::RevokeValidationRequest revoke;
  revoke.set_name(recorded->validations(0).name());
  revoke.set_reason("a mistake");
  const auto revoke_as = [&](const Caller& caller) {
    return Call<v1::Validation>(caller, "ValidationService.RevokeValidation", revoke).status();
  };
  EXPECT_EQ(ReasonOf(revoke_as(kOtherCoach)), v1::ERROR_REASON_VALIDATION_NOT_FOUND);
  EXPECT_TRUE(revoke_as(kCoach).ok());
  EXPECT_EQ(ReasonOf(revoke_as(kOtherCoach)), v1::ERROR_REASON_VALIDATION_NOT_FOUND)
      << "not that it is revoked already";
}

TEST_F(AccessTest, AnEmployerHasItsOwnTasks) {
  const auto task = CreateTask(kGarden, "employers/garden");
  ASSERT_TRUE(task.ok()) << task.status();
  const absl::Status others = CreateTask(kGarden, "employers/bakery").status();
  EXPECT_EQ(FieldOf(others), "task.employer");
  EXPECT_THAT(std::string(others.message()), HasSubstr("employers/garden"));
  EXPECT_EQ(FieldOf(CreateTask(kGarden, "employers/garden", "", "an-id").status()), "task_id");
  v1::UpdateTaskRequest update;
  update.mutable_task()->set_name(task->name());
  update.mutable_task()->set_employer("employers/bakery");
  const auto update_as = [&](const Caller& caller) {
    return Call<v1::Task>(caller, "TaskService.UpdateTask", update).status();
  };
  EXPECT_EQ(FieldOf(update_as(kGarden)), "task.employer") << "a task is not given away";
  EXPECT_EQ(ReasonOf(update_as(kBakery)), v1::ERROR_REASON_TASK_NOT_FOUND) << "nor taken";
  v1::CloseTaskRequest close;
  close.set_name(task->name());
  ASSERT_TRUE(Call<v1::Task>(kGarden, "TaskService.CloseTask", close).ok());
  EXPECT_EQ(ReasonOf(update_as(kBakery)), v1::ERROR_REASON_TASK_NOT_FOUND)
      << "not that it is closed";
}

TEST_F(AccessTest, RequestIdsAreEachCallersOwn) {
  const auto garden = CreateTask(kGarden, "employers/garden", "request-0001");
  const auto bakery = CreateTask(kBakery, "employers/bakery", "request-0001");
  ASSERT_TRUE(garden.ok() && bakery.ok()) << bakery.status();
  EXPECT_NE(garden->name(), bakery->name());
  EXPECT_EQ(CreateTask(kGarden, "employers/garden", "request-0001")->name(), garden->name());
  const auto delft = Create(kDelft, {}, "request-0001");
  const auto gouda = Create(kGouda, {}, "request-0001");
  ASSERT_TRUE(delft.ok() && gouda.ok()) << gouda.status();
  EXPECT_NE(delft->name(), gouda->name());
  // The same organisation in another role is another caller.
  EXPECT_NE(Create(Is(Role::kCoach, "delft"), {}, "request-0001")->name(), delft->name());
}

TEST_F(AccessTest, ARepeatedRequestTellsNothingThatWasTakenAway) {
  const auto passport = Create(kCoach, {}, "request-0001");
  ASSERT_TRUE(passport.ok()) << passport.status();
  EXPECT_EQ(Create(kCoach, {}, "request-0001")->name(), passport->name());
  v1::UpdatePassportRequest take;
  take.mutable_passport()->set_name(passport->name());
  take.mutable_update_mask()->add_paths("coaches");
  ASSERT_TRUE(world_.Call<v1::Passport>("PassportService.UpdatePassport", take).ok());
  EXPECT_EQ(ReasonOf(Create(kCoach, {}, "request-0001").status()),
            v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

TEST_F(AccessTest, ListsHaveOnlyWhatIsOwnPageByPage) {
  std::vector<std::string> own;
  for (int i = 0; i < 5; ++i) {
    own.push_back(Create(kDelft)->name());
    ASSERT_TRUE(Create(kGouda).ok());
    ASSERT_TRUE(CreateTask(kGarden, "employers/garden").ok());
    ASSERT_TRUE(CreateTask(kBakery, "employers/bakery").ok());
  }
  v1::ListPassportsRequest request;
  request.set_page_size(2);
  std::vector<std::string> listed;
  do {
    const auto page =
        Call<v1::ListPassportsResponse>(kDelft, "PassportService.ListPassports", request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& passport : page->passports()) listed.push_back(passport.name());
    request.set_page_token(page->next_page_token());
    if (!page->next_page_token().empty()) {
      EXPECT_EQ(
          ReasonOf(Call<v1::ListPassportsResponse>(kGouda, "PassportService.ListPassports", request)
                       .status()),
          v1::ERROR_REASON_INVALID_PAGE_TOKEN)
          << "a token is its caller's own";
    }
  } while (!request.page_token().empty());
  EXPECT_THAT(listed, testing::UnorderedElementsAreArray(own));
  const auto tasks =
      Call<v1::ListTasksResponse>(kGarden, "TaskService.ListTasks", v1::ListTasksRequest());
  ASSERT_TRUE(tasks.ok()) << tasks.status();
  EXPECT_EQ(tasks->tasks_size(), 5);
  v1::ListTasksRequest of_others;
  of_others.set_employer("employers/bakery");
  EXPECT_EQ(Call<v1::ListTasksResponse>(kGarden, "TaskService.ListTasks", of_others)->tasks_size(),
            0);
}

// Deny by default: a handler that is reached without having been admitted gives nothing.
TEST_F(AccessTest, NobodyReachesNothing) {
  const std::string name = Create(kDelft)->name();
  EXPECT_EQ(ReasonOf(Get({}, name).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Get(Is(Role::kOperator, "us"), name).status()),
            v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Get(Is(Role::kPartner, ""), name).status()),
            v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  Caller unproven = kDelft;
  unproven.proof = Proof::kNone;
  EXPECT_EQ(ReasonOf(Get(unproven, name).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

}  // namespace
}  // namespace passend::service
