// A request id makes a write repeatable: the same request again is answered the same and writes
// nothing, one after the other or at once; another content under the id is refused.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "passend/v1/consent_service.pb.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/policy_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/call/method_table.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

constexpr char kRequestId[] = "repeated-0001";

// What the world holds before the request; the same in each.
struct Scene {
  ServiceWorld world;
  v1::Passport passport = world.CreatePassport(WholePassport());
  v1::Validation validation = world.Record(passport.name(), kSweeping, 3);
  v1::Validation disputed = Disputed(world.Record(passport.name(), kSweeping, 3));
  v1::Task task = world.CreateTask(WholeTask());
  v1::Task other_task = world.CreateTask(WholeTask());
  // That lets their employer know who the person is.
  v1::Consent consent = world.Call<v1::Consent>("ConsentService.GrantConsent", Granting()).value();

  v1::GrantConsentRequest Granting() const {
    v1::GrantConsentRequest request;
    request.set_parent(passport.name());
    request.mutable_consent()->set_audience(task.employer());
    request.mutable_consent()->set_purpose(v1::PURPOSE_INTRODUCTION);
    request.mutable_consent()->add_groups(v1::FIELD_GROUP_IDENTITY);
    request.mutable_consent()->set_any_task(true);
    request.mutable_consent()->mutable_expire_time()->set_seconds(
        absl::ToUnixSeconds(world.now() + absl::Hours(24)));
    return request;
  }
  v1::Validation Disputed(const v1::Validation& standing) const {
    v1::DisputeValidationRequest request;
    request.set_name(standing.name());
    request.set_reason("it was somebody else");
    return world.Call<v1::Validation>("ValidationService.DisputeValidation", request).value();
  }
  absl::StatusOr<std::string> Send(std::string_view method, const std::string& bytes) const {
    return world.bindings().Answer(world.ContextFor(method), bytes);
  }
};

// A request as bytes; with `otherwise`, of another content.
struct Write {
  const char* method;
  std::function<std::string(const Scene&, bool otherwise)> request;
};

void PrintTo(const Write& write, std::ostream* out) { *out << write.method; }

template <typename Request>
std::string Identified(Request request) {
  request.set_request_id(kRequestId);
  return request.SerializeAsString();
}

const Write kWrites[] = {
    {"PassportService.CreatePassport",
     [](const Scene&, bool otherwise) {
       v1::CreatePassportRequest request;
       request.mutable_passport()->set_region(otherwise ? "delft" : "groningen");
       return Identified(request);
     }},
    {"PassportService.UpdatePassport",
     [](const Scene& scene, bool otherwise) {
       v1::UpdatePassportRequest request;
       request.mutable_passport()->set_name(scene.passport.name());
       request.mutable_passport()->set_etag(scene.passport.etag());
       request.mutable_passport()->set_region(otherwise ? "delft" : "leeuwarden");
       return Identified(request);
     }},
    {"PassportService.ErasePassport",
     [](const Scene& scene, bool otherwise) {
       v1::ErasePassportRequest request;
       request.set_name(scene.passport.name());
       if (otherwise) request.set_etag(scene.passport.etag());
       return Identified(request);
     }},
    {"ValidationService.RecordValidations",
     [](const Scene& scene, bool otherwise) {
       v1::RecordValidationsRequest request;
       request.set_parent(scene.passport.name());
       v1::Validation& validation = *request.add_validations();
       validation.set_skill(kPlants);
       validation.set_level(otherwise ? 4 : 3);
       validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
       return Identified(request);
     }},
    {"ValidationService.RevokeValidation",
     [](const Scene& scene, bool otherwise) {
       v1::RevokeValidationRequest request;
       request.set_name(scene.validation.name());
       request.set_reason(otherwise ? "another reason" : "a mistake");
       return Identified(request);
     }},
    {"ValidationService.CorrectValidation",
     [](const Scene& scene, bool otherwise) {
       v1::CorrectValidationRequest request;
       request.set_name(scene.validation.name());
       request.set_reason("not this one");
       *request.mutable_validation() = scene.validation;
       request.mutable_validation()->set_level(otherwise ? 5 : 4);
       return Identified(request);
     }},
    {"ValidationService.DisputeValidation",
     [](const Scene& scene, bool otherwise) {
       v1::DisputeValidationRequest request;
       request.set_name(scene.validation.name());
       request.set_reason(otherwise ? "another reason" : "it was somebody else");
       return Identified(request);
     }},
    {"ValidationService.ResolveDispute",
     [](const Scene& scene, bool otherwise) {
       v1::ResolveDisputeRequest request;
       request.set_name(scene.disputed.name());
       request.set_resolution(otherwise ? v1::DISPUTE_RESOLUTION_REJECTED
                                        : v1::DISPUTE_RESOLUTION_UPHELD);
       request.set_reason("looked at together");
       return Identified(request);
     }},
    {"TaskService.CreateTask",
     [](const Scene&, bool otherwise) {
       v1::CreateTaskRequest request;
       *request.mutable_task() = WholeTask();
       request.set_task_id(otherwise ? "moestuin" : "tuinhulp");
       return Identified(request);
     }},
    {"TaskService.UpdateTask",
     [](const Scene& scene, bool otherwise) {
       v1::UpdateTaskRequest request;
       request.mutable_task()->set_name(scene.task.name());
       request.mutable_task()->set_etag(scene.task.etag());
       request.mutable_task()->set_title(otherwise ? "Moestuin" : "Hulp in de tuin");
       return Identified(request);
     }},
    {"TaskService.CloseTask",
     [](const Scene& scene, bool otherwise) {
       v1::CloseTaskRequest request;
       request.set_name(scene.task.name());
       if (otherwise) request.set_etag(scene.task.etag());
       return Identified(request);
     }},
    {"ConsentService.GrantConsent",
     [](const Scene& scene, bool otherwise) {
       v1::GrantConsentRequest request = scene.Granting();
       request.mutable_consent()->set_statement(otherwise ? "on paper" : "on the phone");
       request.mutable_consent()->mutable_expire_time()->set_seconds(
           scene.consent.expire_time().seconds());
       return Identified(request);
     }},
    {"ConsentService.RevokeConsent",
     [](const Scene& scene, bool otherwise) {
       v1::RevokeConsentRequest request;
       request.set_name(scene.consent.name());
       if (otherwise) request.set_etag(scene.consent.etag());
       return Identified(request);
     }},
    {"MatchService.RevealCandidate",
     [](const Scene& scene, bool otherwise) {
       const v1::Task& task = otherwise ? scene.other_task : scene.task;
       v1::RevealCandidateRequest request;
       request.set_task(task.name());
       request.set_candidate(ServiceWorld::Reference(task, scene.passport.name()));
       return Identified(request);
     }},
    {"PolicyService.PublishPolicy",
     [](const Scene& scene, bool otherwise) {
       v1::GetPolicyRequest get;
       get.set_name("policies/1");
       v1::PublishPolicyRequest request;
       *request.mutable_policy() =
           scene.world.Call<v1::Policy>("PolicyService.GetPolicy", get).value();
       request.mutable_policy()->set_rationale(otherwise ? "another" : "a trial of a month");
       return Identified(request);
     }},
};

class RepeatedRequestTest : public testing::TestWithParam<Write> {};

TEST_P(RepeatedRequestTest, IsAnsweredTheSameAndWritesNothing) {
  Scene scene;
  const std::string request = GetParam().request(scene, false);
  const auto first = scene.Send(GetParam().method, request);
  ASSERT_TRUE(first.ok()) << first.status();
  const Contents after_first = ContentsOf(scene.world.store());
  scene.world.Advance(absl::Hours(1));
  const auto again = scene.Send(GetParam().method, request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(*again, *first);
  EXPECT_EQ(ContentsOf(scene.world.store()), after_first);
}

TEST_P(RepeatedRequestTest, OfAnotherContentIsRefused) {
  Scene scene;
  ASSERT_TRUE(scene.Send(GetParam().method, GetParam().request(scene, false)).ok());
  const Contents after_first = ContentsOf(scene.world.store());
  const absl::Status other =
      scene.Send(GetParam().method, GetParam().request(scene, true)).status();
  EXPECT_EQ(other.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(other), v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(MetadataOf(other, "request_id"), kRequestId);
  EXPECT_EQ(ContentsOf(scene.world.store()), after_first);
}

TEST_P(RepeatedRequestTest, ManyAtOnceAreAnsweredTheSame) {
  constexpr int kRounds = 25;
  for (int round = 0; round < kRounds; ++round) {
    const Scene scene;
    const storage::Sequence before = ContentsOf(scene.world.tools().store).sequence;
    const std::string request = GetParam().request(scene, false);
    std::vector<std::string> answers(4);
    std::vector<std::thread> callers;
    std::atomic<bool> go = false;
    for (std::string& answer : answers) {
      callers.emplace_back([&] {
        while (!go.load()) std::this_thread::yield();
        const auto answered = scene.Send(GetParam().method, request);
        answer = answered.ok() ? "answered " + *answered : answered.status().ToString();
      });
    }
    go.store(true);
    for (std::thread& caller : callers) caller.join();
    ASSERT_EQ(answers[0].substr(0, 9), "answered ") << answers[0];
    ASSERT_EQ(answers, std::vector<std::string>(answers.size(), answers[0])) << "round " << round;
    EXPECT_EQ(ContentsOf(scene.world.tools().store).sequence, before + 1);
  }
}

INSTANTIATE_TEST_SUITE_P(Writes, RepeatedRequestTest, testing::ValuesIn(kWrites),
                         [](const auto& write) {
                           const std::string method = write.param.method;
                           return method.substr(method.find('.') + 1);
                         });

TEST(RepeatedRequestsTest, AreOfEveryMethodWithARequestId) {
  std::set<std::string> with_id;
  for (const MethodRow& row : MethodTable()) {
    // Needs matches, which this world has none of: evidence/proposal_handlers_test.cc.
    if (row.name == "passend.v1.ProposalService.ProposeCandidate") continue;
    // Needs issuers and credentials: portable/import_test.cc.
    if (row.name == "passend.v1.PassportService.ImportCredentials") continue;
    if (row.request_type()->FindFieldByName("request_id") != nullptr) {
      with_id.insert(std::string(row.name));
    }
  }
  std::set<std::string> tested;
  for (const Write& write : kWrites) tested.insert(std::string("passend.v1.") + write.method);
  EXPECT_EQ(tested, with_id);
}

}  // namespace
}  // namespace passend::service
