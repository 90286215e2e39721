// The server as gRPC runs it: the services of the API, reflection and health on one address.
#ifndef PASSEND_SERVICE_PASSENDD_GRPC_SERVER_H_
#define PASSEND_SERVICE_PASSENDD_GRPC_SERVER_H_

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/call/call_server.h"
#include "service/call/health_service.h"
#include "service/passendd/connection_acceptor.h"

namespace passend::service {

// States: listening (health says NOT_SERVING, every call gets NOT_SERVING) -> serving -> draining
// (as listening, calls that were taken on run to their end) -> gone.
//
// Thread safety: one thread at a time.
class GrpcServer {
 public:
  using Credentials = std::shared_ptr<grpc::ServerCredentials>;
  struct ConnectionTimes {
    // A connection with credentials ends by then, and is made anew: who called is asked of its
    // certificate once, and an authority or a certificate may have come to an end since.
    absl::Duration age_max = absl::Hours(1);
    // One on which no call was open for so long ends: each has a file and some memory, and there is
    // room for a number of them only. Callers make it anew by themselves with their next call.
    absl::Duration idle_max = absl::Minutes(15);
  };
  // So long may its calls still take, streams too.
  static constexpr absl::Duration kConnectionGrace = absl::Minutes(5);

  static ConnectionTimes DefaultTimes() { return {}; }

  // Listens, and does not serve yet. `listen` has passed CheckListenAddress; `calls` must outlive
  // the server. Without `credentials` in plain text. `turned_away` is told, from any thread, of
  // each connection for which there is no room (connection_acceptor.h). UNAVAILABLE where the
  // address is taken or cannot be listened on.
  static absl::StatusOr<std::unique_ptr<GrpcServer>> Listen(
      const std::string& listen, size_t message_bytes_max, CallServer& calls,
      Credentials credentials = nullptr, std::function<void()> turned_away = [] {},
      ConnectionTimes times = DefaultTimes());
  ~GrpcServer();

  // With the port that was chosen, where the port asked for was 0.
  const std::string& address() const { return address_; }

  void SetServing(bool serving);

  // Takes on no more calls, waits for those in flight, and cancels what is not done in time.
  void Drain(absl::Duration at_most);

 private:
  explicit GrpcServer(CallServer& calls);

  CallServer& calls_;
  Health health_;
  std::string address_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::CallbackGenericService> fallback_;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> connections_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<ConnectionAcceptor> acceptor_;  // until it drains
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_GRPC_SERVER_H_
