// A small server of the API in this process, so that the client is tested over a real socket.
#ifndef PASSEND_TESTS_SERVICE_CLIENT_FAKE_SERVER_H_
#define PASSEND_TESTS_SERVICE_CLIENT_FAKE_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "passend/v1/audit_service.grpc.pb.h"
#include "passend/v1/consent_service.grpc.pb.h"
#include "passend/v1/credential_service.grpc.pb.h"
#include "passend/v1/match_service.grpc.pb.h"
#include "passend/v1/passport_service.grpc.pb.h"
#include "passend/v1/policy_service.grpc.pb.h"
#include "passend/v1/proposal_service.grpc.pb.h"
#include "passend/v1/task_service.grpc.pb.h"
#include "passend/v1/taxonomy_service.grpc.pb.h"
#include "passend/v1/validation_service.grpc.pb.h"

namespace passend::client {

namespace v1 = passend::v1;

// An error as Passend gives it: reason, and one field where it is not empty.
grpc::Status Refusal(grpc::StatusCode code, const std::string& reason,
                     const std::string& field = "", const std::string& allowed = "");

// Keeps what it is given and answers from it: request ids give the first answer again, NOT_FOUND
// where that was erased, a region "atlantis" is refused, and validations of the skill
// "taxonomies/t/concepts/unknown" are too. Answers to matching questions are set by the test.
// Thread-safe.
class FakeServer : public v1::PassportService::Service,
                   public v1::ValidationService::Service,
                   public v1::TaskService::Service,
                   public v1::TaxonomyService::Service,
                   public v1::MatchService::Service,
                   public v1::PolicyService::Service,
                   public v1::CredentialService::Service,
                   public v1::ConsentService::Service,
                   public v1::ProposalService::Service,
                   public v1::AuditService::Service {
 public:
  explicit FakeServer(const std::string& folder);
  ~FakeServer() override;

  const std::string& address() const { return address_; }

  grpc::Status CreatePassport(grpc::ServerContext*, const v1::CreatePassportRequest* request,
                              v1::Passport* response) override;
  grpc::Status ErasePassport(grpc::ServerContext*, const v1::ErasePassportRequest* request,
                             v1::ErasePassportResponse* response) override;
  grpc::Status ListPassports(grpc::ServerContext*, const v1::ListPassportsRequest* request,
                             v1::ListPassportsResponse* response) override;
  grpc::Status ExportPassport(grpc::ServerContext*, const v1::ExportPassportRequest* request,
                              v1::ExportPassportResponse* response) override;
  grpc::Status ImportCredentials(grpc::ServerContext*, const v1::ImportCredentialsRequest* request,
                                 v1::ImportCredentialsResponse* response) override;
  grpc::Status GetStatusList(grpc::ServerContext*, const v1::GetStatusListRequest* request,
                             v1::GetStatusListResponse* response) override;
  grpc::Status RecordValidations(grpc::ServerContext*, const v1::RecordValidationsRequest* request,
                                 v1::RecordValidationsResponse* response) override;
  grpc::Status GrantConsent(grpc::ServerContext*, const v1::GrantConsentRequest* request,
                            v1::Consent* response) override;
  grpc::Status RevokeConsent(grpc::ServerContext*, const v1::RevokeConsentRequest* request,
                             v1::Consent* response) override;
  grpc::Status ListConsents(grpc::ServerContext*, const v1::ListConsentsRequest* request,
                            v1::ListConsentsResponse* response) override;
  grpc::Status RevealCandidate(grpc::ServerContext*, const v1::RevealCandidateRequest* request,
                               v1::RevealCandidateResponse* response) override;
  grpc::Status ListReveals(grpc::ServerContext*, const v1::ListRevealsRequest* request,
                           v1::ListRevealsResponse* response) override;
  grpc::Status ListProposals(grpc::ServerContext*, const v1::ListProposalsRequest* request,
                             v1::ListProposalsResponse* response) override;
  grpc::Status ListAccessLog(grpc::ServerContext*, const v1::ListAccessLogRequest* request,
                             v1::ListAccessLogResponse* response) override;
  grpc::Status CreateTask(grpc::ServerContext*, const v1::CreateTaskRequest* request,
                          v1::Task* response) override;
  grpc::Status GetTask(grpc::ServerContext*, const v1::GetTaskRequest* request,
                       v1::Task* response) override;
  grpc::Status ImportTaxonomy(grpc::ServerContext*,
                              grpc::ServerReader<v1::ImportTaxonomyRequest>* reader,
                              v1::ImportTaxonomyResponse* response) override;
  grpc::Status FindCandidates(grpc::ServerContext*, const v1::FindCandidatesRequest* request,
                              v1::FindCandidatesResponse* response) override;
  grpc::Status ExplainMatch(grpc::ServerContext*, const v1::ExplainMatchRequest* request,
                            v1::ExplainMatchResponse* response) override;

  // Guarded by the caller: look at them while nothing is being asked.
  std::map<std::string, v1::Passport> passports;                    // by request id
  std::map<std::string, v1::RecordValidationsRequest> validations;  // by request id
  std::map<std::string, v1::CreateTaskRequest> tasks;               // by task id
  std::set<std::string> erased;     // request ids of passports that were erased
  v1::PortablePassport everything;  // what exports and lists give; credentials two a page
  bool hides_proposals = false;     // from who calls
  bool keeps_looks = true;
  v1::GetStatusListResponse status_list;  // for each number up to its list_count
  std::vector<v1::ExportPassportRequest> exports;
  std::vector<v1::ImportCredentialsRequest> imports;
  int failing_imports = 0;  // so many imports fail first
  std::vector<v1::Consent> consents;
  std::vector<v1::ImportTaxonomyRequest> imported;
  std::vector<v1::FindCandidatesResponse> rankings;  // one for each question, the last repeated
  std::vector<v1::FindCandidatesRequest> asked;
  std::vector<v1::ExplainMatchRequest> explained;
  int busy_answers = 0;  // so many creations are answered with OVERLOADED first

 private:
  std::mutex mutex_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace passend::client

#endif  // PASSEND_TESTS_SERVICE_CLIENT_FAKE_SERVER_H_
