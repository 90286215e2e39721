#include "service/passendd/grpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/server_builder.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "service/call/grpc_services.h"
#include "service/limits.h"

namespace passend::service {
namespace {

// Calls of one connection that are open at once, its streams too: without a bound each holds memory
// for as long as the caller likes, before it says anything that admission could turn away. A caller
// that has more waits for the first ones, as gRPC does by itself. An edge has 250 feeds on one, and
// pushes beside them; HAProxy opens a hundred at most (deploy/edge/haproxy.cfg).
constexpr int kCallsOfConnectionMax = 300;

// Reflection is the one service of the kind that has a thread for each open stream, for anybody and
// for as long as they like. Ours take none of these threads. More streams than so many are refused.
constexpr int kReflectionThreadsMax = 16;

// Plugins are for the whole process, and are installed once.
void InstallPlugins() {
  static std::once_flag once;
  std::call_once(once, [] { grpc::reflection::InitProtoReflectionServerBuilderPlugin(); });
}

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Listen(
    const std::string& listen, size_t message_bytes_max, CallServer& calls, Credentials credentials,
    std::function<void()> turned_away, ConnectionTimes times) {
  auto sockets = ListeningSockets::Open(listen);
  if (!sockets.ok()) return sockets.status();
  InstallPlugins();
  std::unique_ptr<GrpcServer> made(new GrpcServer(calls));
  made->services_ = MakeGrpcServices(calls, made->health_);
  made->fallback_ = MakeFallbackService(calls);
  grpc::ServerBuilder builder;
  if (credentials == nullptr) {
    credentials = grpc::InsecureServerCredentials();
  } else {
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS,
                               static_cast<int>(absl::ToInt64Milliseconds(times.age_max)));
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                               static_cast<int>(absl::ToInt64Milliseconds(kConnectionGrace)));
  }
  made->connections_ = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD, credentials);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS,
                             static_cast<int>(absl::ToInt64Milliseconds(times.idle_max)));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kCallsOfConnectionMax);
  grpc::ResourceQuota threads;
  builder.SetResourceQuota(threads.SetMaxThreads(kReflectionThreadsMax));
  const size_t receive_max = message_bytes_max + kMessageBytesSlack;
  builder.SetMaxReceiveMessageSize(static_cast<int>(
      std::min<size_t>(receive_max, static_cast<size_t>(std::numeric_limits<int>::max()))));
  for (const auto& service : made->services_) builder.RegisterService(service.get());
  builder.RegisterCallbackGenericService(made->fallback_.get());
  made->server_ = builder.BuildAndStart();
  if (made->server_ == nullptr) return absl::UnavailableError("gRPC cannot start its server");
  made->SetServing(false);
  made->address_ = sockets->address();
  made->acceptor_ = std::make_unique<ConnectionAcceptor>(
      *std::move(sockets),
      [raw = made->connections_.get()](int listening, int connection) {
        grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters taken;
        taken.listener_fd = listening;
        taken.fd = connection;
        raw->HandleNewConnection(&taken);
      },
      std::move(turned_away));
  return made;
}

GrpcServer::GrpcServer(CallServer& calls) : calls_(calls), health_(ServiceNames()) {}

GrpcServer::~GrpcServer() {
  if (server_ != nullptr) Drain(absl::ZeroDuration());
}

void GrpcServer::SetServing(bool serving) {
  calls_.SetServing(serving);
  health_.SetServing(serving);
}

void GrpcServer::Drain(absl::Duration at_most) {
  calls_.SetServing(false);
  health_.End();
  acceptor_.reset();
  server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(at_most));
  server_->Wait();
}

}  // namespace passend::service
