#include "service/client/connection.h"

#include <charconv>
#include <chrono>
#include <utility>

#include "absl/strings/cord.h"
#include "service/client/identity.h"
#include "service/client/problem.h"

namespace passend::client {
namespace {

// Answers with a thousand candidates and their reasons stay well under it.
constexpr int kAnswerBytesMax = 64 << 20;
// After a break gRPC itself waits longer and longer before it connects again, up to two minutes; a
// stream that goes on by itself is not to wait for that.
constexpr int kReconnectMilliseconds = 500;
constexpr int kReconnectMillisecondsMax = 10000;

std::shared_ptr<grpc::Channel> MakeChannel(const std::string& server, const Settings& settings) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetMaxReceiveMessageSize(kAnswerBytesMax);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectMilliseconds);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMillisecondsMax);
  return grpc::CreateCustomChannel(server, CredentialsOf(settings), arguments);
}

}  // namespace

absl::Status StatusFrom(const grpc::Status& status) {
  absl::Status converted(static_cast<absl::StatusCode>(status.error_code()),
                         status.error_message());
  if (!status.ok() && !status.error_details().empty()) {
    converted.SetPayload(kDetailsPayload, absl::Cord(status.error_details()));
  }
  return converted;
}

Connection::Connection(std::string server, const Settings& settings)
    : server_(std::move(server)),
      settings_(settings),
      channel_(MakeChannel(server_, settings_)),
      passports_(passend::v1::PassportService::NewStub(channel_)),
      validations_(passend::v1::ValidationService::NewStub(channel_)),
      consents_(passend::v1::ConsentService::NewStub(channel_)),
      tasks_(passend::v1::TaskService::NewStub(channel_)),
      matches_(passend::v1::MatchService::NewStub(channel_)),
      taxonomies_(passend::v1::TaxonomyService::NewStub(channel_)),
      policies_(passend::v1::PolicyService::NewStub(channel_)),
      admin_(passend::v1::AdminService::NewStub(channel_)),
      audit_(passend::v1::AuditService::NewStub(channel_)),
      proposals_(passend::v1::ProposalService::NewStub(channel_)),
      credentials_(passend::v1::CredentialService::NewStub(channel_)),
      sync_(passend::v1::SyncService::NewStub(channel_)) {}

void Connection::Note(const grpc::ClientContext& context) const {
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto told = trailers.find("passend-data-sequence");
  if (told == trailers.end()) return;
  std::int64_t sequence = 0;
  std::from_chars(told->second.begin(), told->second.end(), sequence);
  std::int64_t known = told_sequence_;
  while (known < sequence && !told_sequence_.compare_exchange_weak(known, sequence)) {
  }
}

void Connection::Prepare(grpc::ClientContext& context, double seconds) const {
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
  Identify(context);
}

void Connection::Identify(grpc::ClientContext& context) const {
  const std::string authorization = AuthorizationOf(settings_);
  if (!authorization.empty()) context.AddMetadata("authorization", authorization);
}

double Connection::CallSeconds() const {
  return settings_.timeout_seconds > 0 ? settings_.timeout_seconds : kCallTimeoutSeconds;
}

double Connection::ImportSeconds() const {
  return settings_.timeout_seconds > 0 ? settings_.timeout_seconds : kImportTimeoutSeconds;
}

}  // namespace passend::client
