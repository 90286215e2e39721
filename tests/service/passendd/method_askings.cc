#include "tests/service/passendd/method_askings.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "passend/v1/admin_service.pb.h"
#include "passend/v1/audit_service.pb.h"
#include "passend/v1/consent_service.pb.h"
#include "passend/v1/credential_service.pb.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/policy_service.pb.h"
#include "passend/v1/proposal_service.pb.h"
#include "passend/v1/sync_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "passend/v1/validation_service.pb.h"

namespace passend::service {
namespace {

constexpr char kTask[] = R"(
  title: "Soup"
  carving { method: CARVING_METHOD_JOB_CARVING carved_from: "cook" }
  participation_form: PARTICIPATION_FORM_SHELTERED_WORK
  hours { start_weekly_hours: 8 }
  place { region: "groningen" remote: true }
  pay_form: PAY_FORM_BENEFIT
  additionality { ground: ADDITIONALITY_GROUND_NOT_DONE_BEFORE statement: "Nobody did it before." }
)";

v1::Task TaskOf(const std::string& tenant) {
  v1::Task task;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kTask, &task));
  task.set_employer("employers/" + tenant);
  return task;
}

}  // namespace

std::map<std::string, Asking> Askings() {
  using enum Asking::Other;
  std::map<std::string, Asking> askings;
  const auto add = [&](const char* name, Asking::Other other,
                       std::function<std::string(const Scene&)> bytes) {
    askings[absl::StrCat("passend.v1.", name)] = {other, std::move(bytes)};
  };
  add("PassportService.CreatePassport", kOwnMade, [](const Scene&) {
    return With<v1::CreatePassportRequest>(
        [](auto& request) { request.mutable_passport()->set_region("groningen"); });
  });
  add("PassportService.GetPassport", kNotThere, [](const Scene& scene) {
    return With<v1::GetPassportRequest>([&](auto& request) { request.set_name(scene.passport); });
  });
  add("PassportService.UpdatePassport", kNotThere, [](const Scene& scene) {
    return With<v1::UpdatePassportRequest>([&](auto& request) {
      request.mutable_passport()->set_name(scene.passport);
      request.mutable_passport()->set_region("drenthe");
    });
  });
  add("PassportService.ListPassports", kLeftOut,
      [](const Scene&) { return v1::ListPassportsRequest().SerializeAsString(); });
  add("PassportService.ErasePassport", kNotThere, [](const Scene& scene) {
    return With<v1::ErasePassportRequest>([&](auto& request) { request.set_name(scene.passport); });
  });
  add("PassportService.ExportPassport", kNotThere, [](const Scene& scene) {
    return With<v1::ExportPassportRequest>([&](auto& request) {
      request.set_name(scene.passport);
      request.set_format(v1::EXPORT_FORMAT_JSON);
    });
  });
  add("PassportService.ImportCredentials", kNotThere, [](const Scene& scene) {
    return With<v1::ImportCredentialsRequest>([&](auto& request) {
      request.set_parent(scene.passport);
      request.add_credentials()->set_credential("a.b.c");
    });
  });
  add("CredentialService.GetStatusList", kNotThere,
      [](const Scene&) { return v1::GetStatusListRequest().SerializeAsString(); });
  add("ValidationService.RecordValidations", kNotThere, [](const Scene& scene) {
    return With<v1::RecordValidationsRequest>([&](auto& request) {
      request.set_parent(scene.passport);
      v1::Validation& validation = *request.add_validations();
      validation.set_skill(kAskedSkill);
      validation.set_level(3);
      validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
    });
  });
  add("ValidationService.RevokeValidation", kNotThere, [](const Scene& scene) {
    return With<v1::RevokeValidationRequest>([&](auto& request) {
      request.set_name(scene.validation);
      request.set_reason("a mistake");
    });
  });
  add("ValidationService.CorrectValidation", kNotThere, [](const Scene& scene) {
    return With<v1::CorrectValidationRequest>([&](auto& request) {
      request.set_name(scene.validation);
      request.set_reason("level 4, not 3");
      request.mutable_validation()->set_skill(kAskedSkill);
      request.mutable_validation()->set_level(4);
      request.mutable_validation()->set_method(v1::VALIDATION_METHOD_OBSERVED);
    });
  });
  add("ValidationService.DisputeValidation", kNotThere, [](const Scene& scene) {
    return With<v1::DisputeValidationRequest>([&](auto& request) {
      request.set_name(scene.validation);
      request.set_reason("it was somebody else");
    });
  });
  add("ValidationService.ResolveDispute", kNotThere, [](const Scene& scene) {
    return With<v1::ResolveDisputeRequest>([&](auto& request) {
      request.set_name(scene.disputed);
      request.set_resolution(v1::DISPUTE_RESOLUTION_REJECTED);
      request.set_reason("seen again today");
    });
  });
  add("ValidationService.ListDue", kNotThere, [](const Scene& scene) {
    return With<v1::ListDueRequest>([&](auto& request) { request.set_parent(scene.passport); });
  });
  add("ProposalService.ProposeCandidate", kNotThere, [](const Scene& scene) {
    return With<v1::ProposeCandidateRequest>([&](auto& request) {
      request.set_passport(scene.passport);
      request.set_task(scene.task);
      request.set_motivation("it is what was asked for");
    });
  });
  add("ProposalService.ListProposals", kNotThere, [](const Scene& scene) {
    return With<v1::ListProposalsRequest>(
        [&](auto& request) { request.set_parent(scene.passport); });
  });
  add("ProposalService.ListProposedCandidates", kNotThere, [](const Scene& scene) {
    return With<v1::ListProposedCandidatesRequest>(
        [&](auto& request) { request.set_parent(scene.task); });
  });
  add("ValidationService.ListValidations", kNotThere, [](const Scene& scene) {
    return With<v1::ListValidationsRequest>(
        [&](auto& request) { request.set_parent(scene.passport); });
  });
  add("TaskService.CreateTask", kWrongOwner, [](const Scene&) {
    return With<v1::CreateTaskRequest>(
        [](auto& request) { *request.mutable_task() = TaskOf(kOwn); });
  });
  add("TaskService.GetTask", kNotThere, [](const Scene& scene) {
    return With<v1::GetTaskRequest>([&](auto& request) { request.set_name(scene.task); });
  });
  add("TaskService.UpdateTask", kNotThere, [](const Scene& scene) {
    return With<v1::UpdateTaskRequest>([&](auto& request) {
      request.mutable_task()->set_name(scene.task);
      request.mutable_task()->set_title("More soup");
    });
  });
  add("TaskService.ListTasks", kLeftOut,
      [](const Scene&) { return v1::ListTasksRequest().SerializeAsString(); });
  add("TaskService.CloseTask", kNotThere, [](const Scene& scene) {
    return With<v1::CloseTaskRequest>([&](auto& request) { request.set_name(scene.task); });
  });
  add("MatchService.FindCandidates", kNotThere, [](const Scene& scene) {
    return With<v1::FindCandidatesRequest>([&](auto& request) { request.set_task(scene.task); });
  });
  add("MatchService.FindTasks", kNotThere, [](const Scene& scene) {
    return With<v1::FindTasksRequest>([&](auto& request) { request.set_passport(scene.passport); });
  });
  add("MatchService.ExplainMatch", kNotThere, [](const Scene& scene) {
    return With<v1::ExplainMatchRequest>([&](auto& request) {
      request.set_passport(scene.passport);
      request.set_task(scene.task);
    });
  });
  add("MatchService.RevealCandidate", kNotThere, [](const Scene& scene) {
    return With<v1::RevealCandidateRequest>([&](auto& request) {
      request.set_task(scene.task);
      request.set_candidate(scene.candidate);
    });
  });
  add("ConsentService.GrantConsent", kNotThere, [](const Scene& scene) {
    return With<v1::GrantConsentRequest>([&](auto& request) {
      request.set_parent(scene.passport);
      v1::Consent& consent = *request.mutable_consent();
      consent.set_audience("coaches/third-house");
      consent.set_purpose(v1::PURPOSE_GUIDANCE);
      consent.add_groups(v1::FIELD_GROUP_BASIC);
      consent.set_statement("said so");
      consent.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(absl::Now()) + 86'400 * 30);
    });
  });
  add("ConsentService.RevokeConsent", kNotThere, [](const Scene& scene) {
    return With<v1::RevokeConsentRequest>([&](auto& request) { request.set_name(scene.consent); });
  });
  add("ConsentService.ListConsents", kNotThere, [](const Scene& scene) {
    return With<v1::ListConsentsRequest>(
        [&](auto& request) { request.set_parent(scene.passport); });
  });
  add("ConsentService.ListReveals", kNotThere, [](const Scene& scene) {
    return With<v1::ListRevealsRequest>([&](auto& request) { request.set_parent(scene.passport); });
  });
  add("PolicyService.GetPolicy", kNotThere, [](const Scene&) {
    return With<v1::GetPolicyRequest>([](auto& request) { request.set_name("policies/1"); });
  });
  add("PolicyService.ListPolicies", kNotThere,
      [](const Scene&) { return v1::ListPoliciesRequest().SerializeAsString(); });
  add("PolicyService.PublishPolicy", kNotThere, nullptr);     // made of the policy in force
  add("TaxonomyService.ImportTaxonomy", kNotThere, nullptr);  // a stream
  add("TaxonomyService.GetTaxonomy", kNotThere, [](const Scene&) {
    return With<v1::GetTaxonomyRequest>([](auto& request) { request.set_name("taxonomies/demo"); });
  });
  add("TaxonomyService.ListTaxonomies", kNotThere,
      [](const Scene&) { return v1::ListTaxonomiesRequest().SerializeAsString(); });
  add("TaxonomyService.GetConcept", kNotThere, [](const Scene&) {
    return With<v1::GetConceptRequest>([](auto& request) { request.set_name(kAskedSkill); });
  });
  add("TaxonomyService.SearchConcepts", kNotThere, [](const Scene&) {
    return With<v1::SearchConceptsRequest>([](auto& request) { request.set_query("swe"); });
  });
  add("SyncService.Push", kWrongOwner, [](const Scene& scene) {
    return With<v1::PushRequest>([&](auto& request) {
      request.set_partner(absl::StrCat("partners/", kOwn));
      request.set_batch_id("batch-" + scene.passport.substr(std::string("passports/").size()));
      v1::PushRecord& record = *request.add_records();
      record.set_external_id(scene.passport);
      record.mutable_upsert()->mutable_passport()->set_name(scene.passport);
    });
  });
  add("SyncService.Reconcile", kWrongOwner, [](const Scene&) {
    return With<v1::ReconcileRequest>([](auto& request) {
      request.set_partner(absl::StrCat("partners/", kOwn));
      request.add_ranges();
    });
  });
  add("SyncService.Watch", kWrongOwner, [](const Scene&) {
    return With<v1::WatchRequest>(
        [](auto& request) { request.set_partner(absl::StrCat("partners/", kOwn)); });
  });
  add("AuditService.ListAccessLog", kNotThere, [](const Scene& scene) {
    return With<v1::ListAccessLogRequest>(
        [&](auto& request) { request.set_parent(scene.passport); });
  });
  add("AuditService.ListDecisions", kNotThere,
      [](const Scene&) { return v1::ListDecisionsRequest().SerializeAsString(); });
  add("AuditService.Replay", kNotThere, [](const Scene& scene) {
    return With<v1::ReplayRequest>([&](auto& request) { request.set_name(scene.decision); });
  });
  add("AuditService.CheckAccessLog", kNotThere,
      [](const Scene&) { return v1::CheckAccessLogRequest().SerializeAsString(); });
  add("AdminService.StartBackup", kNotThere,
      [](const Scene&) { return v1::StartBackupRequest().SerializeAsString(); });
  add("AdminService.StartScrub", kNotThere,
      [](const Scene&) { return v1::StartScrubRequest().SerializeAsString(); });
  add("AdminService.GetJob", kNotThere, [](const Scene&) {
    return With<v1::GetJobRequest>([](auto& request) { request.set_kind(v1::JOB_KIND_SCRUB); });
  });
  return askings;
}

}  // namespace passend::service
