#include "service/call/permission_table.h"

#include <algorithm>
#include <cstddef>

namespace passend::service {
namespace {

constexpr Permission no = Permission::kNo;
constexpr Permission sha = Permission::kShared;
constexpr Permission own = Permission::kOwn;
constexpr Permission all = Permission::kAll;

// Own means: of an employer, its tasks; of a coach, who is in its caseload; of a partner, who it
// brought or was given; of a person, their own passport. `sha` is what a consent names it for,
// which coaches and partners may read as well. Why each is as it is: README.md.
//
// clang-format off
constexpr PermissionRow kPermissions[] = {
  //                                                 employer coach partner person operator auditor
  {"passend.v1.PassportService.CreatePassport",       {no,    own,  own,    no,    no,      no}},
  {"passend.v1.PassportService.GetPassport",          {sha,   own,  own,    own,   no,      no}},
  {"passend.v1.PassportService.UpdatePassport",       {no,    own,  own,    no,    no,      no}},
  {"passend.v1.PassportService.ListPassports",        {no,    own,  own,    no,    no,      no}},
  {"passend.v1.PassportService.ErasePassport",        {no,    no,   own,    own,   no,      no}},
  {"passend.v1.PassportService.ExportPassport",       {no,    own,  own,    own,   no,      no}},
  {"passend.v1.PassportService.ImportCredentials",    {no,    own,  own,    no,    no,      no}},
  {"passend.v1.CredentialService.GetStatusList",      {all,   all,  all,    all,   all,     all}},
  {"passend.v1.ValidationService.RecordValidations",  {no,    own,  own,    no,    no,      no}},
  {"passend.v1.ValidationService.RevokeValidation",   {no,    own,  own,    no,    no,      no}},
  {"passend.v1.ValidationService.CorrectValidation",  {no,    own,  own,    no,    no,      no}},
  {"passend.v1.ValidationService.DisputeValidation",  {no,    own,  no,     own,   no,      no}},
  {"passend.v1.ValidationService.ResolveDispute",     {no,    own,  no,     no,    no,      no}},
  {"passend.v1.ValidationService.ListValidations",    {sha,   own,  own,    own,   no,      no}},
  {"passend.v1.ValidationService.ListDue",            {no,    own,  no,     own,   no,      no}},
  {"passend.v1.ProposalService.ProposeCandidate",     {no,    own,  no,     no,    no,      no}},
  {"passend.v1.ProposalService.ListProposals",        {no,    own,  no,     own,   no,      no}},
  {"passend.v1.ProposalService.ListProposedCandidates", {own, no,  no,     no,    no,      no}},
  {"passend.v1.TaskService.CreateTask",               {own,   no,   no,     no,    no,      no}},
  {"passend.v1.TaskService.GetTask",                  {own,   all,  no,     all,   no,      no}},
  {"passend.v1.TaskService.UpdateTask",               {own,   no,   no,     no,    no,      no}},
  {"passend.v1.TaskService.ListTasks",                {own,   no,   no,     no,    no,      no}},
  {"passend.v1.TaskService.CloseTask",                {own,   no,   no,     no,    no,      no}},
  {"passend.v1.MatchService.FindCandidates",          {own,   no,   no,     no,    no,      no}},
  {"passend.v1.MatchService.FindTasks",               {no,    own,  no,     own,   no,      no}},
  {"passend.v1.MatchService.ExplainMatch",            {no,    own,  no,     own,   no,      no}},
  {"passend.v1.MatchService.RevealCandidate",         {own,   no,   no,     no,    no,      no}},
  {"passend.v1.ConsentService.GrantConsent",          {no,    own,  no,     own,   no,      no}},
  {"passend.v1.ConsentService.RevokeConsent",         {no,    own,  own,    own,   no,      no}},
  {"passend.v1.ConsentService.ListConsents",          {no,    own,  own,    own,   no,      no}},
  {"passend.v1.ConsentService.ListReveals",           {no,    own,  no,     own,   no,      no}},
  {"passend.v1.SyncService.Watch",                    {no,    no,   own,    no,    no,      no}},
  {"passend.v1.AuditService.ListAccessLog",           {no,    no,   no,     own,   no,      all}},
  {"passend.v1.AuditService.ListDecisions",           {no,    no,   no,     no,    no,      all}},
  {"passend.v1.AuditService.Replay",                  {no,    no,   no,     no,    no,      all}},
  {"passend.v1.AuditService.CheckAccessLog",          {no,    no,   no,     no,    all,     all}},
  {"passend.v1.SyncService.Push",                     {no,    no,   own,    no,    no,      no}},
  {"passend.v1.SyncService.Reconcile",                {no,    no,   own,    no,    no,      no}},
  {"passend.v1.PolicyService.GetPolicy",              {no,    no,   no,     no,    all,     all}},
  {"passend.v1.PolicyService.ListPolicies",           {no,    no,   no,     no,    all,     all}},
  {"passend.v1.PolicyService.PublishPolicy",          {no,    no,   no,     no,    all,     no}},
  {"passend.v1.TaxonomyService.ImportTaxonomy",       {no,    no,   no,     no,    all,     no}},
  {"passend.v1.TaxonomyService.GetTaxonomy",          {all,   all,  all,    all,   all,     all}},
  {"passend.v1.TaxonomyService.ListTaxonomies",       {all,   all,  all,    all,   all,     all}},
  {"passend.v1.TaxonomyService.GetConcept",           {all,   all,  all,    all,   all,     all}},
  {"passend.v1.TaxonomyService.SearchConcepts",       {all,   all,  all,    all,   all,     all}},
  {"passend.v1.AdminService.StartBackup",             {no,    no,   no,     no,    all,     no}},
  {"passend.v1.AdminService.StartScrub",              {no,    no,   no,     no,    all,     no}},
  {"passend.v1.AdminService.GetJob",                  {no,    no,   no,     no,    all,     no}},
};
// clang-format on

const PermissionRow* RowOf(std::string_view method) {
  const auto* at = std::ranges::find(kPermissions, method, &PermissionRow::method);
  return at == std::end(kPermissions) ? nullptr : at;
}

}  // namespace

std::span<const PermissionRow> PermissionTable() { return kPermissions; }

Permission PermissionOf(Role role, std::string_view method) {
  const PermissionRow* row = RowOf(method);
  if (row == nullptr) return Permission::kNo;
  for (size_t i = 0; i < kRoles.size(); ++i) {
    if (kRoles[i] == role) return row->by_role[i];
  }
  return Permission::kNo;
}

Permission PermissionOf(const Caller& caller, std::string_view method) {
  if (caller.proof == Proof::kNone) return Permission::kNo;
  if (caller.proof == Proof::kLocal) {
    return RowOf(method) == nullptr ? Permission::kNo : Permission::kAll;
  }
  return PermissionOf(caller.role, method);
}

}  // namespace passend::service
