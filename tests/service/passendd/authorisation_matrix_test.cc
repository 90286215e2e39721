// Every cell of the permission table, through the whole way of a call: each role at each method,
// for what is its own and for what is another's; nobody; and whoever is on this machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/policy_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/call/call_server.h"
#include "service/call/permission_table.h"
#include "service/errors/error_status.h"
#include "service/identity/proven_authorizer.h"
#include "service/passendd/assembly.h"
#include "service/text.h"
#include "storage/memory_store.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/passendd/method_askings.h"

namespace passend::service {
namespace {

using Bytes = absl::StatusOr<std::string>;

class AuthorisationMatrixTest : public testing::Test {
 protected:
  AuthorisationMatrixTest() {
    EXPECT_TRUE(assembly_.Start().ok());
    calls_.SetServing(true);
    local_calls_.SetServing(true);
    EXPECT_TRUE(Import(local_calls_, Here()).ok());
    policy_ = Locally("PolicyService.GetPolicy",
                      askings_["passend.v1.PolicyService.GetPolicy"].bytes({}));
  }

  static Credentials Here() { return {"unix:", {}, {}}; }
  static Credentials As(Role role, const std::string& tenant) {
    return {"unix:", {}, {absl::StrCat("passend:", ToAbsl(NameOf(role)), "/", tenant, "/x")}};
  }

  static CallContext Arrived(const CallServer& calls, std::string_view method) {
    Arrival arrival;
    arrival.method = method;
    arrival.peer = "unix:";
    arrival.deadline = absl::Now() + absl::Seconds(60);
    return calls.ContextOf(arrival);
  }
  // The way that gRPC's reactors go.
  static Bytes Call(CallServer& calls, const Credentials& credentials, std::string_view method,
                    const std::string& bytes) {
    auto taken = calls.Enter(Arrived(calls, method), credentials);
    if (!taken.ok()) return taken.status();
    return calls.Answer(taken->context, bytes);
  }
  static Bytes Import(CallServer& calls, const Credentials& credentials) {
    auto taken =
        calls.Enter(Arrived(calls, "passend.v1.TaxonomyService.ImportTaxonomy"), credentials);
    if (!taken.ok()) return taken.status();
    v1::ImportTaxonomyRequest header;
    header.mutable_header()->mutable_taxonomy()->set_name("taxonomies/demo");
    header.mutable_header()->mutable_taxonomy()->set_display_name("Demo");
    header.mutable_header()->mutable_taxonomy()->set_version_label("1");
    v1::ImportTaxonomyRequest concepts;
    v1::Concept& skill = *concepts.mutable_concepts()->add_concepts();
    skill.set_name(kAskedSkill);
    skill.set_kind(v1::CONCEPT_KIND_SKILL);
    skill.add_labels()->set_language_code("en");
    skill.mutable_labels(0)->set_preferred("sweeping");
    v1::ImportTaxonomyRequest end;
    end.mutable_end()->set_concept_count(1);
    auto stream = calls.Open(taken->context);
    if (!stream.ok()) return stream.status();
    for (const auto& part : {header, concepts, end}) {
      absl::Status added = (*stream)->Add(taken->context, part.SerializeAsString());
      if (!added.ok()) return added;
    }
    return (*stream)->Finish(taken->context);
  }
  std::string Locally(const std::string& method, const std::string& bytes) {
    const Bytes answer = Call(local_calls_, Here(), "passend.v1." + method, bytes);
    EXPECT_TRUE(answer.ok()) << method << ": " << answer.status();
    return answer.value_or("");
  }
  template <typename Response>
  static Response As(const std::string& bytes) {
    Response response;
    EXPECT_TRUE(response.ParseFromString(bytes));
    return response;
  }

  // Fresh for each cell, because cells erase, revoke and close.
  Scene NewScene() {
    Scene scene;
    scene.passport =
        As<v1::Passport>(
            Locally("PassportService.CreatePassport",
                    With<v1::CreatePassportRequest>([](auto& request) {
                      request.mutable_passport()->add_partners(absl::StrCat("partners/", kOwn));
                      request.mutable_passport()->add_coaches(absl::StrCat("coaches/", kOwn));
                    })))
            .name();
    const auto recorded = As<v1::RecordValidationsResponse>(
        Locally("ValidationService.RecordValidations",
                askings_["passend.v1.ValidationService.RecordValidations"].bytes(scene)));
    scene.validation = recorded.validations(0).name();
    scene.disputed =
        As<v1::RecordValidationsResponse>(
            Locally("ValidationService.RecordValidations",
                    askings_["passend.v1.ValidationService.RecordValidations"].bytes(scene)))
            .validations(0)
            .name();
    Locally("ValidationService.DisputeValidation",
            With<v1::DisputeValidationRequest>([&](auto& request) {
              request.set_name(scene.disputed);
              request.set_reason("it was somebody else");
            }));
    scene.task = As<v1::Task>(Locally("TaskService.CreateTask",
                                      askings_["passend.v1.TaskService.CreateTask"].bytes(scene)))
                     .name();
    return scene;
  }

  Bytes Ask(CallServer& calls, const Credentials& credentials, std::string_view method,
            const Scene& scene) {
    if (method.ends_with(".ImportTaxonomy")) return Import(calls, credentials);
    const std::string bytes = method.ends_with(".PublishPolicy")
                                  ? With<v1::PublishPolicyRequest>([&](auto& request) {
                                      *request.mutable_policy() = As<v1::Policy>(policy_);
                                    })
                                  : askings_.at(std::string(method)).bytes(scene);
    return Call(calls, credentials, method, bytes);
  }

  // Names of things that never were, of the same length.
  static Scene AbsentLike(const Scene& scene) {
    Scene absent = scene;
    const auto turn = [](std::string& name) {
      std::reverse(name.begin() + name.rfind('/') + 1, name.end());
    };
    turn(absent.task);
    turn(absent.passport);
    absent.validation = absent.passport + scene.validation.substr(scene.passport.size());
    absent.disputed = absent.passport + scene.disputed.substr(scene.passport.size());
    return absent;
  }
  // An error's text with the names of the scene made alike.
  static std::string Alike(const absl::Status& status, const Scene& scene) {
    return absl::StrReplaceAll(
        absl::StrCat(status.ToString(), ErrorInfoOf(status)->DebugString()),
        {{scene.validation, "V"}, {scene.disputed, "V"}, {scene.passport, "P"}, {scene.task, "T"}});
  }

  void ExpectNotThere(const Credentials& caller, std::string_view method, const Scene& scene,
                      const absl::Status& status) {
    EXPECT_EQ(status.code(), absl::StatusCode::kNotFound) << status;
    const Scene absent = AbsentLike(scene);
    EXPECT_EQ(Alike(status, scene), Alike(Ask(calls_, caller, method, absent).status(), absent))
        << "what is another's and what never was must not differ";
  }
  void ExpectOthers(Role role, std::string_view method, const Scene& scene) {
    const std::string tenant = role == Role::kPerson ? "0123456789abcdef" : kOther;
    const Credentials caller = As(role, tenant);
    const Bytes answer = Ask(calls_, caller, method, scene);
    switch (askings_.at(std::string(method)).other) {
      case Asking::Other::kNotThere:
        ExpectNotThere(caller, method, scene, answer.status());
        break;
      case Asking::Other::kLeftOut:
        ASSERT_TRUE(answer.ok()) << answer.status();
        EXPECT_EQ(*answer, "") << "the page is empty, and says of no further one";
        break;
      case Asking::Other::kOwnMade: {
        ASSERT_TRUE(answer.ok()) << answer.status();
        const auto made = As<v1::Passport>(*answer);
        EXPECT_THAT(made.DebugString(), testing::HasSubstr(kOther));
        EXPECT_THAT(made.DebugString(), testing::Not(testing::HasSubstr(kOwn)));
        EXPECT_TRUE(Call(calls_, caller, "passend.v1.PassportService.ErasePassport",
                         With<v1::ErasePassportRequest>(
                             [&](auto& request) { request.set_name(made.name()); }))
                        .ok() ||
                    role == Role::kCoach);
        // Coaches may not erase; what they made must not stand in the lists of other cells.
        Call(local_calls_, Here(), "passend.v1.PassportService.ErasePassport",
             With<v1::ErasePassportRequest>([&](auto& request) { request.set_name(made.name()); }))
            .IgnoreError();
        break;
      }
      case Asking::Other::kWrongOwner:
        EXPECT_EQ(ReasonOf(answer.status()), v1::ERROR_REASON_INVALID_FIELD) << answer.status();
        break;
    }
  }

  std::map<std::string, Asking> askings_ = Askings();
  std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  Assembly assembly_{*store_, SystemSurroundings(), {}};
  LineKeeper log_;
  const LocalAuthorizer local_;
  const ProvenAuthorizer proven_{nullptr, ProvenAuthorizer::Certificates::kIdentify};
  CallServer calls_{
      {1 << 20, 16, 1}, assembly_.bindings(), proven_, log_, SystemSurroundings(), [this] {
        return store_->LastSequence();
      }};
  CallServer local_calls_{
      {1 << 20, 16, 1}, assembly_.bindings(), local_, log_, SystemSurroundings(), [this] {
        return store_->LastSequence();
      }};
  std::string policy_;
};

TEST_F(AuthorisationMatrixTest, EveryCellIsAsTheTableSays) {
  int cells = 0;
  for (const PermissionRow& row : PermissionTable()) {
    ASSERT_TRUE(askings_.contains(std::string(row.method))) << row.method << " is not asked here";
    for (size_t i = 0; i < kRoles.size(); ++i) {
      const Role role = kRoles[i];
      SCOPED_TRACE(absl::StrCat(ToAbsl(row.method), " as ", ToAbsl(NameOf(role))));
      const Scene scene = NewScene();
      const std::string own =
          role == Role::kPerson ? scene.passport.substr(std::string("passports/").size()) : kOwn;
      const Bytes answer = Ask(calls_, As(role, own), row.method, scene);
      if (row.by_role[i] == Permission::kNo) {
        EXPECT_EQ(answer.status().code(), absl::StatusCode::kPermissionDenied) << answer.status();
        EXPECT_EQ(ReasonOf(answer.status()), v1::ERROR_REASON_PERMISSION_DENIED);
        EXPECT_EQ(ErrorInfoOf(answer.status())->metadata_size(), 0);
      } else {
        EXPECT_TRUE(answer.ok()) << answer.status();
      }
      const Scene another = NewScene();
      if (row.by_role[i] == Permission::kOwn) {
        ExpectOthers(role, row.method, another);
      } else {
        EXPECT_EQ(Ask(calls_, As(role, kOther), row.method, another).ok(),
                  row.by_role[i] == Permission::kAll);
      }
      cells += 2;
    }
    SCOPED_TRACE(std::string(row.method));
    const absl::Status nobody = Ask(calls_, Here(), row.method, NewScene()).status();
    EXPECT_EQ(nobody.code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(ReasonOf(nobody), v1::ERROR_REASON_UNAUTHENTICATED);
    const Bytes here = Ask(local_calls_, Here(), row.method, NewScene());
    EXPECT_TRUE(here.ok()) << here.status();
    cells += 2;
  }
  EXPECT_EQ(static_cast<size_t>(cells), PermissionTable().size() * (2 * kRoles.size() + 2));
  std::printf("authorisation cells tested: %d\n", cells);
}

}  // namespace
}  // namespace passend::service
