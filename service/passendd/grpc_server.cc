#include "service/passendd/grpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server_builder.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <mutex>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "service/call/grpc_services.h"
#include "service/limits.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr std::string_view kUnix = "unix:";
// Calls of one connection that are open at once, its streams too: without a bound each holds memory
// for as long as the caller likes, before it says anything that admission could turn away. A caller
// that has more waits for the first ones, as gRPC does by itself.
constexpr int kCallsOfConnectionMax = 1'000;

// gRPC would take a unix socket away from a server that listens on it.
bool SomebodyListens(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return false;
  std::memcpy(address.sun_path, path.data(), path.size());
  const int socket_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_fd < 0) return false;
  const bool connected =
      connect(socket_fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  close(socket_fd);
  return connected;
}

absl::Status CannotListen(const std::string& listen, std::string_view why) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", listen, ": ", ToAbsl(why)));
}

// Plugins are for the whole process, and are installed once.
void InstallPlugins() {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Listen(const std::string& listen,
                                                               size_t message_bytes_max,
                                                               CallServer& calls,
                                                               Credentials credentials) {
  if (ToStd(listen).starts_with(kUnix) && SomebodyListens(listen.substr(kUnix.size()))) {
    return CannotListen(listen, "somebody else listens there already");
  }
  InstallPlugins();
  std::unique_ptr<GrpcServer> made(new GrpcServer(calls));
  made->services_ = MakeGrpcServices(calls);
  made->fallback_ = MakeFallbackService(calls);
  if (credentials == nullptr) credentials = grpc::InsecureServerCredentials();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(listen, credentials, &port);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kCallsOfConnectionMax);
  const size_t receive_max = message_bytes_max + kMessageBytesSlack;
  builder.SetMaxReceiveMessageSize(static_cast<int>(
      std::min<size_t>(receive_max, static_cast<size_t>(std::numeric_limits<int>::max()))));
  for (const auto& service : made->services_) builder.RegisterService(service.get());
  builder.RegisterCallbackGenericService(made->fallback_.get());
  made->server_ = builder.BuildAndStart();
  if (made->server_ == nullptr || port == 0) {
    return CannotListen(listen, "the address is taken, or is none of this machine's");
  }
  made->SetServing(false);
  made->address_ = ToStd(listen).starts_with(kUnix)
                       ? listen
                       : absl::StrCat(listen.substr(0, listen.rfind(':')), ":", port);
  return made;
}

GrpcServer::~GrpcServer() {
  if (server_ != nullptr) Drain(absl::ZeroDuration());
}

void GrpcServer::SetServing(bool serving) {
  calls_.SetServing(serving);
  grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
  health->SetServingStatus("", serving);
  for (const std::string& name : ServiceNames()) health->SetServingStatus(name, serving);
}

void GrpcServer::Drain(absl::Duration at_most) {
  SetServing(false);
  server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMilliseconds(at_most));
  server_->Wait();
}

}  // namespace passend::service
