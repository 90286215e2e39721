// What gRPC itself costs: a server built as the real one is, with a reactor for each call and as
// many worker threads behind it, whose answers are ready.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_ECHO_SERVER_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_ECHO_SERVER_H_

#include <grpcpp/server.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "service/call/worker_pool.h"

namespace passend::service {

inline constexpr char kEchoMethod[] = "/passend.benchmark.EchoService/Echo";

// Answers a request with the answer that was recorded for its very bytes.
class EchoServer {
 public:
  using Work = std::function<void(const std::string& request)>;

  // Serves on a port of its own on loopback; ends the program where it cannot. `before` is done
  // before each answer; none where it is null.
  EchoServer(std::map<std::string, std::string> answers, size_t threads, Work before = nullptr);
  ~EchoServer();

  const std::string& address() const { return address_; }

 private:
  class EchoService;

  const std::map<std::string, std::string> answers_;
  const Work before_;
  WorkerPool workers_;
  std::unique_ptr<EchoService> service_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_ECHO_SERVER_H_
