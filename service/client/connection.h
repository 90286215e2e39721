// The channel to a server, and calls over it.
#ifndef PASSEND_SERVICE_CLIENT_CONNECTION_H_
#define PASSEND_SERVICE_CLIENT_CONNECTION_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "passend/v1/admin_service.grpc.pb.h"
#include "passend/v1/audit_service.grpc.pb.h"
#include "passend/v1/consent_service.grpc.pb.h"
#include "passend/v1/credential_service.grpc.pb.h"
#include "passend/v1/match_service.grpc.pb.h"
#include "passend/v1/passport_service.grpc.pb.h"
#include "passend/v1/policy_service.grpc.pb.h"
#include "passend/v1/proposal_service.grpc.pb.h"
#include "passend/v1/sync_service.grpc.pb.h"
#include "passend/v1/task_service.grpc.pb.h"
#include "passend/v1/taxonomy_service.grpc.pb.h"
#include "passend/v1/validation_service.grpc.pb.h"
#include "service/client/settings.h"

namespace passend::client {

// A gRPC status as an absl one, with the bytes of its details as the payload kDetailsPayload.
absl::Status StatusFrom(const grpc::Status& status);

// One channel to a server, and the stubs over it. Connects with the first call. Thread-safe.
class Connection {
 public:
  // `server`: host:port or unix:/path. Of the settings, those of identity count, and the timeout,
  // which is for each call; 0: kCallTimeoutSeconds.
  Connection(std::string server, const Settings& settings);

  // Calls a unary method and waits for the answer.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(Stub& stub,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request) const {
    grpc::ClientContext context;
    Prepare(context, CallSeconds());
    Response response;
    if (const grpc::Status status = (stub.*method)(&context, request, &response); !status.ok()) {
      return StatusFrom(status);
    }
    Note(context);
    return response;
  }

  // Remembers what the answer to a write said of its commit. After the call ended well.
  void Note(const grpc::ClientContext& context) const;
  // The latest commit that an answer told of; 0: none did.
  std::int64_t told_sequence() const { return told_sequence_; }

  // Sets the deadline of a call, and says who makes it.
  void Prepare(grpc::ClientContext& context, double seconds) const;

  // Says who makes a call. For streams that last: they have no deadline.
  void Identify(grpc::ClientContext& context) const;

  double CallSeconds() const;
  double ImportSeconds() const;
  const std::string& server() const { return server_; }

  passend::v1::PassportService::Stub& passports() { return *passports_; }
  passend::v1::ValidationService::Stub& validations() { return *validations_; }
  passend::v1::ConsentService::Stub& consents() { return *consents_; }
  passend::v1::TaskService::Stub& tasks() { return *tasks_; }
  passend::v1::MatchService::Stub& matches() { return *matches_; }
  passend::v1::TaxonomyService::Stub& taxonomies() { return *taxonomies_; }
  passend::v1::PolicyService::Stub& policies() { return *policies_; }
  passend::v1::AdminService::Stub& admin() { return *admin_; }
  passend::v1::AuditService::Stub& audit() { return *audit_; }
  passend::v1::ProposalService::Stub& proposals() { return *proposals_; }
  passend::v1::CredentialService::Stub& credentials() { return *credentials_; }
  passend::v1::SyncService::Stub& sync() { return *sync_; }

 private:
  std::string server_;
  Settings settings_;
  mutable std::atomic<std::int64_t> told_sequence_ = 0;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<passend::v1::PassportService::Stub> passports_;
  std::unique_ptr<passend::v1::ValidationService::Stub> validations_;
  std::unique_ptr<passend::v1::ConsentService::Stub> consents_;
  std::unique_ptr<passend::v1::TaskService::Stub> tasks_;
  std::unique_ptr<passend::v1::MatchService::Stub> matches_;
  std::unique_ptr<passend::v1::TaxonomyService::Stub> taxonomies_;
  std::unique_ptr<passend::v1::PolicyService::Stub> policies_;
  std::unique_ptr<passend::v1::AdminService::Stub> admin_;
  std::unique_ptr<passend::v1::AuditService::Stub> audit_;
  std::unique_ptr<passend::v1::ProposalService::Stub> proposals_;
  std::unique_ptr<passend::v1::CredentialService::Stub> credentials_;
  std::unique_ptr<passend::v1::SyncService::Stub> sync_;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_CONNECTION_H_
