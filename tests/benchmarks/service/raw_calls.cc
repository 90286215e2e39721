#include "tests/benchmarks/service/raw_calls.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/synchronization/notification.h"
#include "service/call/grpc_arrival.h"
#include "tests/benchmarks/service/stopwatch.h"

namespace passend::service {

struct RawCalls::Connection {
  grpc::GenericStub stub;
  std::string method;
  std::string authorization;
};

// Whoever is answered sends the next request, on gRPC's thread.
class RawCalls::Load {
 public:
  Load(Connection& connection, const std::vector<std::string>& requests, size_t calls)
      : connection_(connection), requests_(requests), unanswered_(calls), took_(calls) {}

  void Send() {
    const size_t number = next_.fetch_add(1);
    if (number >= took_.size()) return;
    auto* call = new Sent{{}, BufferOf(requests_[number % requests_.size()]), {}, {}};
    if (!connection_.authorization.empty()) {
      call->context.AddMetadata("authorization", connection_.authorization);
    }
    connection_.stub.UnaryCall(
        &call->context, connection_.method, {}, &call->request, &call->response,
        [this, number, call](const grpc::Status& status) { Answered(number, call, status); });
  }

  void Await() { all_answered_.WaitForNotification(); }
  std::vector<double> took() && { return std::move(took_); }
  const grpc::ByteBuffer& last_answer() const { return last_answer_; }

 private:
  struct Sent {
    grpc::ClientContext context;
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
    Stopwatch watch;
  };

  void Answered(size_t number, Sent* call, const grpc::Status& status) {
    if (!status.ok()) {
      std::fprintf(stderr, "%s: %s\n", connection_.method.c_str(), status.error_message().c_str());
      std::abort();
    }
    took_[number] = call->watch.wall_microseconds();
    Send();
    const bool last = unanswered_.fetch_sub(1) == 1;
    if (last) last_answer_.Swap(&call->response);
    delete call;
    if (last) all_answered_.Notify();
  }

  Connection& connection_;
  const std::vector<std::string>& requests_;
  std::atomic<size_t> next_ = 0;
  std::atomic<size_t> unanswered_;
  std::vector<double> took_;
  grpc::ByteBuffer last_answer_;
  absl::Notification all_answered_;
};

RawCalls::RawCalls(const std::string& address, std::string method, std::string authorization)
    : connection_(new Connection{
          grpc::GenericStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())),
          std::move(method), std::move(authorization)}) {}
RawCalls::~RawCalls() = default;

std::string RawCalls::Call(const std::string& request) {
  const std::vector<std::string> requests = {request};
  Load load(*connection_, requests, 1);
  load.Send();
  load.Await();
  return BytesOf(load.last_answer());
}

Round RawCalls::Run(const std::vector<std::string>& requests, size_t calls, size_t in_flight) {
  Load load(*connection_, requests, calls);
  const Stopwatch watch;
  for (size_t first = 0; first < in_flight; ++first) load.Send();
  load.Await();
  const double wall = watch.wall_microseconds();
  const double cpu = watch.cpu_microseconds();
  return {std::move(load).took(), wall, cpu};
}

}  // namespace passend::service
