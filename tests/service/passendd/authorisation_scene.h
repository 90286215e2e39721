// The whole service as callers meet it, and scenes for them: one person, one task, and what is
// known of both.
#ifndef PASSEND_TESTS_SERVICE_PASSENDD_AUTHORISATION_SCENE_H_
#define PASSEND_TESTS_SERVICE_PASSENDD_AUTHORISATION_SCENE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "passend/v1/audit_service.pb.h"
#include "passend/v1/consent_service.pb.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/policy_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/call/call_server.h"
#include "service/errors/error_status.h"
#include "service/identity/proven_authorizer.h"
#include "service/passendd/assembly.h"
#include "service/text.h"
#include "storage/memory_store.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/identity/signing_key.h"
#include "tests/service/passendd/method_askings.h"

namespace passend::service {

using Bytes = absl::StatusOr<std::string>;

class AuthorisationScene : public testing::Test {
 protected:
  AuthorisationScene() {
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
    return calls.ContextOf(arrival);
  }
  // The way that gRPC's reactors go.
  static Bytes Call(CallServer& calls, const Credentials& credentials, std::string_view method,
                    const std::string& bytes) {
    auto taken = calls.Enter(Arrived(calls, method), credentials);
    if (!taken.ok()) return taken.status();
    if (taken->method->lane != Lane::kFeed) return calls.Answer(taken->context, bytes);
    const auto feed = calls.OpenFeed(taken->context, bytes);
    if (!feed.ok()) return feed.status();
    const auto step = (*feed)->Next(taken->context, /*heartbeat_due=*/true);
    if (!step.ok()) return step.status();
    return step->answer.value();
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

  // Fresh for each cell, because cells erase, revoke and close. The person is proposed for the
  // task, unless that is what the cell asks for, and known to its employer by that.
  Scene NewScene(std::string_view method) {
    ++scene_count_;
    Scene scene;
    scene.passport =
        As<v1::Passport>(
            Locally("PassportService.CreatePassport",
                    With<v1::CreatePassportRequest>([&](auto& request) {
                      request.mutable_passport()->add_partners(absl::StrCat("partners/", kOwn));
                      request.mutable_passport()->add_coaches(absl::StrCat("coaches/", kOwn));
                      request.mutable_passport()->set_region(Region());
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
    scene.task = NewTask(scene);
    const auto listed = As<v1::FindCandidatesResponse>(
        Locally("MatchService.FindCandidates", With<v1::FindCandidatesRequest>([&](auto& request) {
                  request.set_task(scene.task);
                  request.add_regions(Region());
                })));
    EXPECT_EQ(listed.candidates_size(), 1);
    scene.candidate = listed.candidates(0).candidate();
    constexpr char kPropose[] = "ProposalService.ProposeCandidate";
    if (!method.ends_with(kPropose)) {
      Locally(kPropose, askings_[absl::StrCat("passend.v1.", kPropose)].bytes(scene));
    }
    scene.consent = Grant(scene, absl::StrCat("employers/", kOwn), v1::PURPOSE_INTRODUCTION,
                          {v1::FIELD_GROUP_IDENTITY});
    Grant(scene, absl::StrCat("employers/", kOwn), v1::PURPOSE_GUIDANCE,
          {v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_SKILLS});
    Locally("MatchService.FindCandidates",
            askings_["passend.v1.MatchService.FindCandidates"].bytes(scene));
    scene.decision = As<v1::ListDecisionsResponse>(
                         Locally("AuditService.ListDecisions",
                                 askings_["passend.v1.AuditService.ListDecisions"].bytes(scene)))
                         .decisions(0)
                         .name();
    return scene;
  }
  std::string NewTask(const Scene& scene) {
    return As<v1::Task>(Locally("TaskService.CreateTask",
                                askings_["passend.v1.TaskService.CreateTask"].bytes(scene)))
        .name();
  }
  // One of its own for each scene, so that its person is found without all others.
  std::string Region() const { return absl::StrCat("region-", scene_count_); }

  std::string Grant(const Scene& scene, const std::string& audience, v1::Purpose purpose,
                    const std::vector<v1::FieldGroup>& groups,
                    const std::vector<std::string>& tasks = {}) {
    v1::GrantConsentRequest request;
    request.set_parent(scene.passport);
    v1::Consent& consent = *request.mutable_consent();
    consent.set_audience(audience);
    consent.set_purpose(purpose);
    consent.mutable_groups()->Add(groups.begin(), groups.end());
    consent.mutable_tasks()->Add(tasks.begin(), tasks.end());
    consent.set_any_task(purpose == v1::PURPOSE_INTRODUCTION && tasks.empty());
    consent.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(Now() + absl::Hours(24)));
    return As<v1::Consent>(Locally("ConsentService.GrantConsent", request.SerializeAsString()))
        .name();
  }
  void Revoke(const std::string& consent) {
    Locally("ConsentService.RevokeConsent",
            With<v1::RevokeConsentRequest>([&](auto& request) { request.set_name(consent); }));
  }
  absl::Time Now() const { return absl::Now() + absl::Hours(hours_ahead_.load()); }

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
    absent.consent = absent.passport + scene.consent.substr(scene.passport.size());
    absent.disputed = absent.passport + scene.disputed.substr(scene.passport.size());
    return absent;
  }
  // An error's text with the names of the scene made alike.
  static std::string Alike(const absl::Status& status, const Scene& scene) {
    return absl::StrReplaceAll(absl::StrCat(status.ToString(), ErrorInfoOf(status)->DebugString()),
                               {{scene.validation, "V"},
                                {scene.disputed, "V"},
                                {scene.consent, "C"},
                                {scene.passport, "P"},
                                {scene.task, "T"}});
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
  int scene_count_ = 0;
  std::atomic<int64_t> hours_ahead_ = 0;  // of the system's clock
  const Surroundings surroundings_{[this] { return Now(); }, SystemSurroundings().random_bytes};
  std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  const std::unique_ptr<IssuerKey> key_ =
      IssuerKey::Parse(SigningKey::Ec().Pem(), {"https://passend.example.org", ""}).value();
  Assembly assembly_{*store_,
                     surroundings_,
                     {},
                     {.keep = true},
                     {.key = key_.get(), .trusted = nullptr},
                     {.backup_folder = testing::TempDir() + "/backups"}};
  LineKeeper log_;
  const LocalAuthorizer local_;
  const ProvenAuthorizer proven_{nullptr, ProvenAuthorizer::Certificates::kIdentify};
  CallServer calls_{{1 << 20, 16, 1}, assembly_.bindings(),
                    proven_,          log_,
                    surroundings_,    [this] {
        return store_->LastSequence(); }};
  CallServer local_calls_{{1 << 20, 16, 1}, assembly_.bindings(),
                          local_,           log_,
                          surroundings_,    [this] {
        return store_->LastSequence(); }};
  std::string policy_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_PASSENDD_AUTHORISATION_SCENE_H_
