#include "service/client/connection.h"

#include <charconv>
#include <chrono>
#include <utility>

#include "absl/strings/cord.h"
#include "service/client/problem.h"
#include "service/client/settings.h"

namespace passend::client {
namespace {

// Answers with a thousand candidates and their reasons stay well under it.
constexpr int kAnswerBytesMax = 64 << 20;

std::shared_ptr<grpc::Channel> MakeChannel(const std::string& server) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetMaxReceiveMessageSize(kAnswerBytesMax);
  return grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(), arguments);
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

Connection::Connection(std::string server, double timeout_seconds)
    : server_(std::move(server)),
      timeout_seconds_(timeout_seconds),
      channel_(MakeChannel(server_)),
      passports_(passend::v1::PassportService::NewStub(channel_)),
      validations_(passend::v1::ValidationService::NewStub(channel_)),
      tasks_(passend::v1::TaskService::NewStub(channel_)),
      matches_(passend::v1::MatchService::NewStub(channel_)),
      taxonomies_(passend::v1::TaxonomyService::NewStub(channel_)),
      policies_(passend::v1::PolicyService::NewStub(channel_)) {}

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

void Connection::Prepare(grpc::ClientContext& context, double seconds) {
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
}

double Connection::CallSeconds() const {
  return timeout_seconds_ > 0 ? timeout_seconds_ : kCallTimeoutSeconds;
}

double Connection::ImportSeconds() const {
  return timeout_seconds_ > 0 ? timeout_seconds_ : kImportTimeoutSeconds;
}

}  // namespace passend::client
