#include "tests/service/client/fake_server.h"

#include <algorithm>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace passend::client {

grpc::Status Refusal(grpc::StatusCode code, const std::string& reason, const std::string& field,
                     const std::string& allowed) {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain("passend");
  details.add_details()->PackFrom(info);
  if (!field.empty()) {
    google::rpc::BadRequest bad;
    bad.add_field_violations()->set_field(field);
    bad.mutable_field_violations(0)->set_description(allowed);
    details.add_details()->PackFrom(bad);
  }
  if (reason == "ERROR_REASON_OVERLOADED") {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(2);
    details.add_details()->PackFrom(retry);
  }
  return grpc::Status(code, "said by the fake server", details.SerializeAsString());
}

FakeServer::FakeServer(const std::string& folder) : address_("unix:" + folder + "/server.sock") {
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address_, grpc::InsecureServerCredentials());
  builder.RegisterService(static_cast<v1::PassportService::Service*>(this));
  builder.RegisterService(static_cast<v1::ValidationService::Service*>(this));
  builder.RegisterService(static_cast<v1::TaskService::Service*>(this));
  builder.RegisterService(static_cast<v1::TaxonomyService::Service*>(this));
  builder.RegisterService(static_cast<v1::MatchService::Service*>(this));
  builder.RegisterService(static_cast<v1::PolicyService::Service*>(this));
  builder.RegisterService(static_cast<v1::CredentialService::Service*>(this));
  builder.RegisterService(static_cast<v1::ConsentService::Service*>(this));
  builder.RegisterService(static_cast<v1::ProposalService::Service*>(this));
  builder.RegisterService(static_cast<v1::AuditService::Service*>(this));
  server_ = builder.BuildAndStart();
}

FakeServer::~FakeServer() { server_->Shutdown(); }

grpc::Status FakeServer::CreatePassport(grpc::ServerContext* context,
                                        const v1::CreatePassportRequest* request,
                                        v1::Passport* response) {
  const std::lock_guard lock(mutex_);
  if (busy_answers > 0) {
    --busy_answers;
    return Refusal(grpc::StatusCode::RESOURCE_EXHAUSTED, "ERROR_REASON_OVERLOADED");
  }
  if (request->passport().region() == "atlantis") {
    return Refusal(grpc::StatusCode::INVALID_ARGUMENT, "ERROR_REASON_INVALID_FIELD",
                   "passport.region", "a region that exists");
  }
  if (!request->request_id().empty() && erased.contains(request->request_id())) {
    return Refusal(grpc::StatusCode::NOT_FOUND, "ERROR_REASON_PASSPORT_NOT_FOUND");
  }
  const std::string number = std::to_string(passports.size() + 1);
  const auto [made, fresh] = passports.emplace(request->request_id(), request->passport());
  if (fresh) made->second.set_name("passports/p" + number);
  context->AddTrailingMetadata("passend-data-sequence", number + "0");
  *response = made->second;
  return grpc::Status::OK;
}

grpc::Status FakeServer::ErasePassport(grpc::ServerContext*,
                                       const v1::ErasePassportRequest* request,
                                       v1::ErasePassportResponse* response) {
  const std::lock_guard lock(mutex_);
  const auto count = std::erase_if(passports, [&](const auto& entry) {
    if (entry.second.name() != request->name()) return false;
    erased.insert(entry.first);
    return true;
  });
  if (count == 0) {
    return Refusal(grpc::StatusCode::NOT_FOUND, "ERROR_REASON_PASSPORT_NOT_FOUND");
  }
  response->set_erased_validations(3);
  return grpc::Status::OK;
}

grpc::Status FakeServer::ExportPassport(grpc::ServerContext*,
                                        const v1::ExportPassportRequest* request,
                                        v1::ExportPassportResponse* response) {
  const std::lock_guard lock(mutex_);
  exports.push_back(*request);
  if (request->format() == v1::EXPORT_FORMAT_HTML) {
    response->set_page("<p>" + request->display_name() + "</p>");
  } else if (request->format() == v1::EXPORT_FORMAT_JSON) {
    *response->mutable_everything() = everything;
    response->mutable_everything()->clear_credentials();
    response->mutable_everything()->clear_history();
  } else {
    int next = request->page_token().empty() ? 0 : std::stoi(request->page_token());
    for (int i = 0; i < 2 && next < everything.credentials_size(); ++i) {
      response->add_credentials(everything.credentials(next++));
    }
    if (next < everything.credentials_size()) {
      response->set_next_page_token(std::to_string(next));
    }
  }
  return grpc::Status::OK;
}

grpc::Status FakeServer::ListReveals(grpc::ServerContext*, const v1::ListRevealsRequest*,
                                     v1::ListRevealsResponse* response) {
  const std::lock_guard lock(mutex_);
  *response->mutable_reveals() = everything.history().reveals();
  return grpc::Status::OK;
}

grpc::Status FakeServer::ListProposals(grpc::ServerContext*, const v1::ListProposalsRequest*,
                                       v1::ListProposalsResponse* response) {
  const std::lock_guard lock(mutex_);
  if (hides_proposals) return {grpc::StatusCode::PERMISSION_DENIED, "not for you"};
  *response->mutable_proposals() = everything.history().proposals();
  return grpc::Status::OK;
}

// One a page.
grpc::Status FakeServer::ListAccessLog(grpc::ServerContext*,
                                       const v1::ListAccessLogRequest* request,
                                       v1::ListAccessLogResponse* response) {
  const std::lock_guard lock(mutex_);
  if (!keeps_looks) return {grpc::StatusCode::FAILED_PRECONDITION, "there is no log"};
  const int next = request->page_token().empty() ? 0 : std::stoi(request->page_token());
  const auto& looks = everything.history().looks();
  if (next < looks.size()) *response->add_entries() = looks[next];
  if (next + 1 < looks.size()) {
    response->set_next_page_token(std::to_string(next + 1));
  }
  return grpc::Status::OK;
}

// "bad" is refused; everything else is taken in.
grpc::Status FakeServer::ImportCredentials(grpc::ServerContext*,
                                           const v1::ImportCredentialsRequest* request,
                                           v1::ImportCredentialsResponse* response) {
  const std::lock_guard lock(mutex_);
  if (failing_imports > 0) {
    --failing_imports;
    return Refusal(grpc::StatusCode::FAILED_PRECONDITION, "ERROR_REASON_NO_TRUSTED_ISSUERS");
  }
  imports.push_back(*request);
  for (const v1::CredentialToImport& credential : request->credentials()) {
    v1::ImportResult& result = *response->add_results();
    result.set_outcome(v1::IMPORT_OUTCOME_ACCEPTED);
    if (credential.credential() != "bad") continue;
    result.set_outcome(v1::IMPORT_OUTCOME_REJECTED);
    result.set_reason("ERROR_REASON_CREDENTIAL_FORM");
    result.set_description("it is no credential");
  }
  return grpc::Status::OK;
}

grpc::Status FakeServer::GetStatusList(grpc::ServerContext*,
                                       const v1::GetStatusListRequest* request,
                                       v1::GetStatusListResponse* response) {
  const std::lock_guard lock(mutex_);
  *response = status_list;
  response->set_credential("list " + std::to_string(request->number()));
  return grpc::Status::OK;
}

// Pages of two, in the order of names; a token is the number of entries before the page.
grpc::Status FakeServer::ListPassports(grpc::ServerContext*,
                                       const v1::ListPassportsRequest* request,
                                       v1::ListPassportsResponse* response) {
  const std::lock_guard lock(mutex_);
  std::vector<v1::Passport> all;
  for (const auto& [id, passport] : passports) all.push_back(passport);
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.name() < b.name(); });
  std::size_t next = request->page_token().empty() ? 0 : std::stoul(request->page_token());
  for (int i = 0; i < 2 && next < all.size(); ++i) *response->add_passports() = all[next++];
  if (next < all.size()) response->set_next_page_token(std::to_string(next));
  return grpc::Status::OK;
}

grpc::Status FakeServer::RecordValidations(grpc::ServerContext*,
                                           const v1::RecordValidationsRequest* request,
                                           v1::RecordValidationsResponse* response) {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < request->validations_size(); ++i) {
    if (request->validations(i).skill() == "taxonomies/t/concepts/unknown") {
      return Refusal(grpc::StatusCode::INVALID_ARGUMENT, "ERROR_REASON_UNKNOWN_SKILL",
                     "validations[" + std::to_string(i) + "].skill", "a skill of a taxonomy");
    }
  }
  validations.emplace(request->request_id(), *request);
  *response->mutable_validations() = request->validations();
  return grpc::Status::OK;
}

grpc::Status FakeServer::GrantConsent(grpc::ServerContext*, const v1::GrantConsentRequest* request,
                                      v1::Consent* response) {
  const std::lock_guard lock(mutex_);
  *response = request->consent();
  response->set_name(request->parent() + "/consents/c" + std::to_string(consents.size() + 1));
  consents.push_back(*response);
  return grpc::Status::OK;
}

grpc::Status FakeServer::RevokeConsent(grpc::ServerContext*,
                                       const v1::RevokeConsentRequest* request,
                                       v1::Consent* response) {
  response->set_name(request->name());
  return grpc::Status::OK;
}

grpc::Status FakeServer::ListConsents(grpc::ServerContext*, const v1::ListConsentsRequest*,
                                      v1::ListConsentsResponse* response) {
  const std::lock_guard lock(mutex_);
  for (const v1::Consent& consent : consents) *response->add_consents() = consent;
  return grpc::Status::OK;
}

grpc::Status FakeServer::RevealCandidate(grpc::ServerContext*,
                                         const v1::RevealCandidateRequest* request,
                                         v1::RevealCandidateResponse* response) {
  response->set_passport("passports/of-" + request->task() + "-" + request->candidate());
  return grpc::Status::OK;
}

grpc::Status FakeServer::CreateTask(grpc::ServerContext*, const v1::CreateTaskRequest* request,
                                    v1::Task* response) {
  const std::lock_guard lock(mutex_);
  const auto [made, fresh] = tasks.emplace(request->task_id(), *request);
  if (!fresh && made->second.request_id() != request->request_id()) {
    return Refusal(grpc::StatusCode::ALREADY_EXISTS, "ERROR_REASON_TASK_EXISTS");
  }
  *response = made->second.task();
  return grpc::Status::OK;
}

grpc::Status FakeServer::GetTask(grpc::ServerContext*, const v1::GetTaskRequest* request,
                                 v1::Task* response) {
  const std::lock_guard lock(mutex_);
  const auto found = tasks.find(request->name().substr(std::string("tasks/").size()));
  if (found == tasks.end()) {
    return Refusal(grpc::StatusCode::NOT_FOUND, "ERROR_REASON_TASK_NOT_FOUND");
  }
  *response = found->second.task();
  response->set_name(request->name());
  response->set_state(v1::TASK_STATE_OPEN);
  return grpc::Status::OK;
}

grpc::Status FakeServer::ImportTaxonomy(grpc::ServerContext*,
                                        grpc::ServerReader<v1::ImportTaxonomyRequest>* reader,
                                        v1::ImportTaxonomyResponse* response) {
  const std::lock_guard lock(mutex_);
  v1::ImportTaxonomyRequest part;
  int concepts = 0;
  while (reader->Read(&part)) {
    if (part.has_header()) *response->mutable_taxonomy() = part.header().taxonomy();
    concepts += part.concepts().concepts_size();
    imported.push_back(part);
  }
  response->mutable_taxonomy()->set_concept_count(concepts);
  response->set_added_concepts(concepts);
  return grpc::Status::OK;
}

grpc::Status FakeServer::FindCandidates(grpc::ServerContext*,
                                        const v1::FindCandidatesRequest* request,
                                        v1::FindCandidatesResponse* response) {
  const std::lock_guard lock(mutex_);
  asked.push_back(*request);
  if (rankings.empty()) {
    return Refusal(grpc::StatusCode::NOT_FOUND, "ERROR_REASON_TASK_NOT_FOUND");
  }
  *response = rankings[std::min(asked.size(), rankings.size()) - 1];
  return grpc::Status::OK;
}

grpc::Status FakeServer::ExplainMatch(grpc::ServerContext*, const v1::ExplainMatchRequest* request,
                                      v1::ExplainMatchResponse* response) {
  const std::lock_guard lock(mutex_);
  explained.push_back(*request);
  response->mutable_fit()->set_outcome(v1::FIT_OUTCOME_RANKED);
  response->mutable_fit()->set_score(71);
  return grpc::Status::OK;
}

}  // namespace passend::client
