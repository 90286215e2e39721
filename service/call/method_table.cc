#include "service/call/method_table.h"

#include <algorithm>

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

constexpr MethodRow kMethods[] = {
    {"passend.v1.PassportService.CreatePassport", v1::CreatePassportRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.PassportService.GetPassport", v1::GetPassportRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_GUIDANCE, Shows::kPeople, true},
    {"passend.v1.PassportService.UpdatePassport", v1::UpdatePassportRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.PassportService.ListPassports", v1::ListPassportsRequest::descriptor,
     Lane::kPrompt, Effect::kReads, v1::PURPOSE_GUIDANCE, Shows::kPeople},
    {"passend.v1.PassportService.ErasePassport", v1::ErasePassportRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kNobody, false, GivesWay::kLast},
    {"passend.v1.PassportService.ExportPassport", v1::ExportPassportRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kPeople},
    {"passend.v1.PassportService.ImportCredentials", v1::ImportCredentialsRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.CredentialService.GetStatusList", v1::GetStatusListRequest::descriptor,
     Lane::kPrompt, Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody, false, GivesWay::kFirst},
    {"passend.v1.ValidationService.RecordValidations", v1::RecordValidationsRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.ValidationService.RevokeValidation", v1::RevokeValidationRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.ValidationService.CorrectValidation", v1::CorrectValidationRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.ValidationService.DisputeValidation", v1::DisputeValidationRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.ValidationService.ResolveDispute", v1::ResolveDisputeRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_GUIDANCE, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.ValidationService.ListValidations", v1::ListValidationsRequest::descriptor,
     Lane::kPrompt, Effect::kReads, v1::PURPOSE_GUIDANCE, Shows::kPeople, true},
    {"passend.v1.ValidationService.ListDue", v1::ListDueRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_MATCHING, Shows::kPeople},
    {"passend.v1.ProposalService.ProposeCandidate", v1::ProposeCandidateRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_MATCHING, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.ProposalService.ListProposals", v1::ListProposalsRequest::descriptor,
     Lane::kPrompt, Effect::kReads, v1::PURPOSE_MATCHING, Shows::kPeople},
    {"passend.v1.ProposalService.ListProposedCandidates",
     v1::ListProposedCandidatesRequest::descriptor, Lane::kPrompt, Effect::kReads,
     v1::PURPOSE_MATCHING, Shows::kPeople, false, GivesWay::kFirst},
    {"passend.v1.TaskService.CreateTask", v1::CreateTaskRequest::descriptor, Lane::kPrompt,
     Effect::kWrites, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.TaskService.GetTask", v1::GetTaskRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.TaskService.UpdateTask", v1::UpdateTaskRequest::descriptor, Lane::kPrompt,
     Effect::kWrites, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.TaskService.ListTasks", v1::ListTasksRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody, false, GivesWay::kFirst},
    {"passend.v1.TaskService.CloseTask", v1::CloseTaskRequest::descriptor, Lane::kPrompt,
     Effect::kWrites, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.PolicyService.GetPolicy", v1::GetPolicyRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.PolicyService.ListPolicies", v1::ListPoliciesRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.PolicyService.PublishPolicy", v1::PublishPolicyRequest::descriptor, Lane::kPrompt,
     Effect::kWrites, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.TaxonomyService.ImportTaxonomy", v1::ImportTaxonomyRequest::descriptor,
     Lane::kBulk, Effect::kWrites, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.TaxonomyService.GetTaxonomy", v1::GetTaxonomyRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.TaxonomyService.ListTaxonomies", v1::ListTaxonomiesRequest::descriptor,
     Lane::kPrompt, Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody, false, GivesWay::kFirst},
    {"passend.v1.TaxonomyService.GetConcept", v1::GetConceptRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.TaxonomyService.SearchConcepts", v1::SearchConceptsRequest::descriptor,
     Lane::kPrompt, Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.MatchService.FindCandidates", v1::FindCandidatesRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_MATCHING, Shows::kPeople, false, GivesWay::kFirst},
    {"passend.v1.MatchService.FindTasks", v1::FindTasksRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_MATCHING, Shows::kPeople, true},
    {"passend.v1.MatchService.ExplainMatch", v1::ExplainMatchRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_MATCHING, Shows::kPeople, true},
    {"passend.v1.MatchService.RevealCandidate", v1::RevealCandidateRequest::descriptor,
     Lane::kPrompt, Effect::kWrites, v1::PURPOSE_INTRODUCTION, Shows::kPeople},
    {"passend.v1.ConsentService.GrantConsent", v1::GrantConsentRequest::descriptor, Lane::kPrompt,
     Effect::kWrites, v1::PURPOSE_OVERSIGHT, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.ConsentService.RevokeConsent", v1::RevokeConsentRequest::descriptor, Lane::kPrompt,
     Effect::kWrites, v1::PURPOSE_OVERSIGHT, Shows::kPeople, false, GivesWay::kLast},
    {"passend.v1.ConsentService.ListConsents", v1::ListConsentsRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OVERSIGHT, Shows::kPeople},
    {"passend.v1.ConsentService.ListReveals", v1::ListRevealsRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OVERSIGHT, Shows::kPeople},
    {"passend.v1.SyncService.Watch", v1::WatchRequest::descriptor, Lane::kFeed, Effect::kReads,
     v1::PURPOSE_SYNC, Shows::kPeople},
    {"passend.v1.AuditService.ListAccessLog", v1::ListAccessLogRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_AUDIT, Shows::kPeople},
    {"passend.v1.AuditService.ListDecisions", v1::ListDecisionsRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_AUDIT, Shows::kPeople},
    {"passend.v1.AuditService.Replay", v1::ReplayRequest::descriptor, Lane::kBulk, Effect::kReads,
     v1::PURPOSE_AUDIT, Shows::kPeople},
    {"passend.v1.AuditService.CheckAccessLog", v1::CheckAccessLogRequest::descriptor, Lane::kBulk,
     Effect::kReads, v1::PURPOSE_AUDIT, Shows::kNobody},
    {"passend.v1.SyncService.Push", v1::PushRequest::descriptor, Lane::kExchange, Effect::kWrites,
     v1::PURPOSE_SYNC, Shows::kPeople},
    {"passend.v1.SyncService.Reconcile", v1::ReconcileRequest::descriptor, Lane::kBulk,
     Effect::kReads, v1::PURPOSE_SYNC, Shows::kPeople},
    {"passend.v1.AdminService.StartBackup", v1::StartBackupRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.AdminService.StartScrub", v1::StartScrubRequest::descriptor, Lane::kPrompt,
     Effect::kReads, v1::PURPOSE_OPERATION, Shows::kNobody},
    {"passend.v1.AdminService.GetJob", v1::GetJobRequest::descriptor, Lane::kPrompt, Effect::kReads,
     v1::PURPOSE_OPERATION, Shows::kNobody},
};

}  // namespace

std::span<const MethodRow> MethodTable() { return kMethods; }

const MethodRow* FindMethod(std::string_view name) {
  const auto* at = std::ranges::find(kMethods, name, &MethodRow::name);
  return at == std::end(kMethods) ? nullptr : at;
}

v1::Purpose PurposeOf(std::string_view method) {
  const MethodRow* row = FindMethod(method);
  return row == nullptr ? v1::PURPOSE_UNSPECIFIED : row->purpose;
}

}  // namespace passend::service
