#include "service/audit/look_table.h"

#include <algorithm>

namespace passend::service {
namespace {

constexpr Shows people = Shows::kPeople;
constexpr Shows nobody = Shows::kNobody;

// clang-format off
constexpr LookRow kLooks[] = {
  {"passend.v1.PassportService.CreatePassport",      "keep",    people},
  {"passend.v1.PassportService.GetPassport",         "read",    people},
  {"passend.v1.PassportService.UpdatePassport",      "keep",    people},
  {"passend.v1.PassportService.ListPassports",       "read",    people},
  {"passend.v1.PassportService.ErasePassport",       "erase",   nobody},
  {"passend.v1.ValidationService.RecordValidations", "validate", people},
  {"passend.v1.ValidationService.RevokeValidation",  "validate", people},
  {"passend.v1.ValidationService.ListValidations",   "read",    people},
  {"passend.v1.ValidationService.CorrectValidation", "validate", people},
  {"passend.v1.ValidationService.DisputeValidation", "validate", people},
  {"passend.v1.ValidationService.ResolveDispute",    "validate", people},
  {"passend.v1.ValidationService.ListDue",           "match",   people},
  {"passend.v1.ProposalService.ProposeCandidate",    "match",   people},
  {"passend.v1.ProposalService.ListProposals",       "match",   people},
  {"passend.v1.ProposalService.ListProposedCandidates", "match", people},
  {"passend.v1.ConsentService.GrantConsent",         "share",   people},
  {"passend.v1.ConsentService.RevokeConsent",        "share",   people},
  {"passend.v1.ConsentService.ListConsents",         "share",   people},
  {"passend.v1.ConsentService.ListReveals",          "share",   people},
  {"passend.v1.MatchService.RevealCandidate",        "reveal",  people},
  {"passend.v1.TaskService.CreateTask",              "post",    nobody},
  {"passend.v1.TaskService.GetTask",                 "post",    nobody},
  {"passend.v1.TaskService.UpdateTask",              "post",    nobody},
  {"passend.v1.TaskService.ListTasks",               "post",    nobody},
  {"passend.v1.TaskService.CloseTask",               "post",    nobody},
  {"passend.v1.MatchService.FindCandidates",         "match",   people},
  {"passend.v1.MatchService.FindTasks",              "match",   people},
  {"passend.v1.MatchService.ExplainMatch",           "explain", people},
  {"passend.v1.PolicyService.GetPolicy",             "operate", nobody},
  {"passend.v1.PolicyService.ListPolicies",          "operate", nobody},
  {"passend.v1.PolicyService.PublishPolicy",         "operate", nobody},
  {"passend.v1.TaxonomyService.ImportTaxonomy",      "operate", nobody},
  {"passend.v1.TaxonomyService.GetTaxonomy",         "operate", nobody},
  {"passend.v1.TaxonomyService.ListTaxonomies",      "operate", nobody},
  {"passend.v1.TaxonomyService.GetConcept",          "operate", nobody},
  {"passend.v1.TaxonomyService.SearchConcepts",      "operate", nobody},
  {"passend.v1.AuditService.ListAccessLog",          "audit",   people},
  {"passend.v1.AuditService.ListDecisions",          "audit",   nobody},
  {"passend.v1.AuditService.Replay",                 "audit",   people},
  {"passend.v1.AuditService.CheckAccessLog",         "audit",   nobody},
};
// clang-format on

}  // namespace

std::span<const LookRow> LookTable() { return kLooks; }

LookRow LookRowOf(std::string_view method) {
  const auto* at = std::ranges::find(kLooks, method, &LookRow::method);
  return at == std::end(kLooks) ? LookRow{method, "not stated", Shows::kPeople} : *at;
}

}  // namespace passend::service
