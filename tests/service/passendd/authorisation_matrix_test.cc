// Every cell of the permission table, through the whole way of a call: each role at each method,
// for what is its own and for what is another's; nobody; and whoever is on this machine. Cells that
// read about a person are asked by whom it is not, with each state that a consent can be in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "passend/v1/audit_service.pb.h"
#include "passend/v1/consent_service.pb.h"
#include "passend/v1/field_rules.pb.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/policy_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/call/call_server.h"
#include "service/call/permission_table.h"
#include "service/disclosure/disclosure_plan.h"
#include "service/disclosure/shareable.h"
#include "service/errors/error_status.h"
#include "service/identity/proven_authorizer.h"
#include "service/passendd/assembly.h"
#include "service/text.h"
#include "storage/memory_store.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/identity/signing_key.h"
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
    return calls.ContextOf(arrival);
  }
  // The way that gRPC's reactors go.
  static Bytes Call(CallServer& calls, const Credentials& credentials, std::string_view method,
                    const std::string& bytes) {
    auto taken = calls.Enter(Arrived(calls, method), credentials);
    if (!taken.ok()) return taken.status();
    if (taken->lane != Lane::kFeed) return calls.Answer(taken->context, bytes);
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
    scene.task = As<v1::Task>(Locally("TaskService.CreateTask",
                                      askings_["passend.v1.TaskService.CreateTask"].bytes(scene)))
                     .name();
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
  // One of its own for each scene, so that its person is found without all others.
  std::string Region() const { return absl::StrCat("region-", scene_count_); }

  std::string Grant(const Scene& scene, const std::string& audience, v1::Purpose purpose,
                    const std::vector<v1::FieldGroup>& groups) {
    v1::GrantConsentRequest request;
    request.set_parent(scene.passport);
    v1::Consent& consent = *request.mutable_consent();
    consent.set_audience(audience);
    consent.set_purpose(purpose);
    consent.mutable_groups()->Add(groups.begin(), groups.end());
    consent.set_any_task(purpose == v1::PURPOSE_INTRODUCTION);
    consent.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(Now() + absl::Hours(24)));
    return As<v1::Consent>(Locally("ConsentService.GrantConsent", request.SerializeAsString()))
        .name();
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

TEST_F(AuthorisationMatrixTest, EveryCellIsAsTheTableSays) {
  int cells = 0;
  for (const PermissionRow& row : PermissionTable()) {
    ASSERT_TRUE(askings_.contains(std::string(row.method))) << row.method << " is not asked here";
    for (size_t i = 0; i < kRoles.size(); ++i) {
      const Role role = kRoles[i];
      SCOPED_TRACE(absl::StrCat(ToAbsl(row.method), " as ", ToAbsl(NameOf(role))));
      const Scene scene = NewScene(row.method);
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
      const Scene another = NewScene(row.method);
      if (row.by_role[i] == Permission::kOwn || row.by_role[i] == Permission::kShared) {
        ExpectOthers(role, row.method, another);
      } else {
        EXPECT_EQ(Ask(calls_, As(role, kOther), row.method, another).ok(),
                  row.by_role[i] == Permission::kAll);
      }
      cells += 2;
    }
    SCOPED_TRACE(std::string(row.method));
    const absl::Status nobody = Ask(calls_, Here(), row.method, NewScene(row.method)).status();
    EXPECT_EQ(nobody.code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(ReasonOf(nobody), v1::ERROR_REASON_UNAUTHENTICATED);
    const Bytes here = Ask(local_calls_, Here(), row.method, NewScene(row.method));
    EXPECT_TRUE(here.ok()) << here.status();
    cells += 2;
  }
  EXPECT_EQ(static_cast<size_t>(cells), PermissionTable().size() * (2 * kRoles.size() + 2));
  std::printf("authorisation cells tested: %d\n", cells);
}

// What a consent can be, and whether a cell that reads about somebody else's person is open then.
struct ConsentVariant {
  const char* name;
  const char* tenant;  // of the audience; null: there is no consent
  bool same_purpose;   // as the method's
  int hours_pass;      // until the call
  bool revoked;
  bool opens;
};
constexpr ConsentVariant kVariants[] = {
    {"none", nullptr, true, 0, false, false},
    {"live", kOther, true, 0, false, true},
    {"expired", kOther, true, 25, false, false},
    {"revoked", kOther, true, 0, true, false},
    {"another's", "third-house", true, 0, false, false},
    {"for something else", kOther, false, 0, false, false},
};

// Sets of groups that can be shared: an answer has nothing of any other.
const std::vector<std::vector<v1::FieldGroup>> kSharings = {
    {v1::FIELD_GROUP_BASIC},
    {v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_SUPPORT},
    {v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_WISHES, v1::FIELD_GROUP_PACE, v1::FIELD_GROUP_SUPPORT,
     v1::FIELD_GROUP_FIT},
};

TEST_F(AuthorisationMatrixTest, EveryCellThatReadsAboutAPersonIsAsTheConsentSays) {
  int cells = 0;
  for (const PermissionRow& row : PermissionTable()) {
    const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
        std::string(row.method));
    const v1::Purpose purpose = PurposeOf(row.method);
    const auto* parent = method->input_type()->FindFieldByName("parent");
    const bool below_a_person =
        parent != nullptr &&
        parent->options().GetExtension(v1::rules).form() == v1::STRING_FORM_PASSPORT_NAME;
    const bool of_a_person = method->input_type()->FindFieldByName("passport") != nullptr ||
                             below_a_person || row.method.ends_with(".GetPassport");
    const bool reads = of_a_person && FindMethod(row.method)->effect == Effect::kReads;
    const bool by_consent = FindMethod(row.method)->opened_by_consent;
    EXPECT_TRUE(!by_consent || (reads && IsShareable(purpose)));
    const bool about_a_person = (reads && IsShareable(purpose)) ||
                                row.method.ends_with(".ListConsents") ||
                                row.method.ends_with(".ListReveals");
    if (!about_a_person) continue;
    const DisclosurePlan plan(*method->output_type());
    for (size_t i = 0; i < kRoles.size(); ++i) {
      const Role role = kRoles[i];
      if (role == Role::kPerson || row.by_role[i] == Permission::kNo) continue;
      for (const ConsentVariant& variant : kVariants) {
        for (const std::vector<v1::FieldGroup>& groups : kSharings) {
          SCOPED_TRACE(absl::StrCat(ToAbsl(row.method), " as ", ToAbsl(NameOf(role)), ", consent ",
                                    variant.name));
          const bool employer = role == Role::kEmployer;
          const v1::Purpose used = IsShareable(purpose) ? purpose : v1::PURPOSE_GUIDANCE;
          v1::Purpose other =
              used == v1::PURPOSE_GUIDANCE ? v1::PURPOSE_MATCHING : v1::PURPOSE_GUIDANCE;
          if (employer) other = v1::PURPOSE_INTRODUCTION;
          const bool partner = role == Role::kPartner;
          if (partner && other == v1::PURPOSE_MATCHING) other = v1::PURPOSE_SYNC;
          const Scene scene = NewScene(row.method);
          const Credentials caller = As(role, kOther);
          if (variant.tenant != nullptr) {
            const std::string collection = employer               ? "employers/"
                                           : role == Role::kCoach ? "coaches/"
                                                                  : "partners/";
            const bool introduction = !variant.same_purpose && employer;
            std::vector<v1::FieldGroup> granted = groups;
            const bool sync = partner && !variant.same_purpose;
            if (sync && std::ranges::count(granted, v1::FIELD_GROUP_IDENTITY) == 0) {
              granted.push_back(v1::FIELD_GROUP_IDENTITY);
            }
            const std::string consent =
                Grant(scene, collection + variant.tenant, variant.same_purpose ? used : other,
                      introduction ? std::vector{v1::FIELD_GROUP_IDENTITY} : granted);
            if (variant.revoked) {
              Locally("ConsentService.RevokeConsent",
                      With<v1::RevokeConsentRequest>(
                          [&](auto& request) { request.set_name(consent); }));
            }
          }
          hours_ahead_ += variant.hours_pass;
          const Bytes answer = Ask(calls_, caller, row.method, scene);
          ++cells;
          if (!variant.opens || !by_consent) {
            ExpectNotThere(caller, row.method, scene, answer.status());
            continue;
          }
          ASSERT_TRUE(answer.ok()) << answer.status();
          const MessagePtr response(google::protobuf::MessageFactory::generated_factory()
                                        ->GetPrototype(method->output_type())
                                        ->New());
          ASSERT_TRUE(response->ParseFromString(*answer));
          GroupSet allowed = {v1::FIELD_GROUP_OPEN};
          for (const v1::FieldGroup group : groups) allowed.Add({group});
          EXPECT_TRUE(allowed.Covers(plan.GroupsShown(*response))) << response->DebugString();
        }
      }
    }
  }
  EXPECT_GT(cells, 150);
  std::printf("authorisation cells with consents tested: %d\n", cells);
}

}  // namespace
}  // namespace passend::service
