#include "tests/benchmarks/service/echo_server.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/support/server_callback.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/time/clock.h"
#include "service/call/grpc_arrival.h"

namespace passend::service {
namespace {

constexpr size_t kQueuedMax = 1'024;

class EchoReactor : public grpc::ServerUnaryReactor {
 public:
  EchoReactor(WorkerPool& workers, const std::map<std::string, std::string>& answers,
              const EchoServer::Work& before, const grpc::ByteBuffer* request,
              grpc::ByteBuffer* response) {
    WaitingCall call;
    call.run = [this, &answers, &before, request, response] {
      const std::string bytes = BytesOf(*request);
      const auto answer = answers.find(bytes);
      if (answer == answers.end()) {
        Finish({grpc::StatusCode::NOT_FOUND, "no answer was recorded"});
        return;
      }
      if (before != nullptr) before(bytes);
      *response = BufferOf(answer->second);
      Finish(grpc::Status::OK);
    };
    call.turn_away = [this] { Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, "too many calls"}); };
    workers.RunOrPost(std::move(call));
  }

  void OnDone() override { delete this; }
};

}  // namespace

class EchoServer::EchoService : public grpc::Service {
 public:
  EchoService(WorkerPool& workers, const std::map<std::string, std::string>& answers,
              const Work& before) {
    using grpc::internal::RpcServiceMethod;
    AddMethod(new RpcServiceMethod(kEchoMethod, RpcServiceMethod::NORMAL_RPC, nullptr));
    MarkMethodRawCallback(
        0, new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
               [&workers, &answers, &before](grpc::CallbackServerContext*,
                                             const grpc::ByteBuffer* request,
                                             grpc::ByteBuffer* response) {
                 return new EchoReactor(workers, answers, before, request, response);
               }));
  }
};

EchoServer::EchoServer(std::map<std::string, std::string> answers, size_t threads, Work before)
    : answers_(std::move(answers)),
      before_(std::move(before)),
      workers_(threads, kQueuedMax, absl::Now),
      service_(std::make_unique<EchoService>(workers_, answers_, before_)) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(service_.get());
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port == 0) {
    std::fputs("the echo server cannot listen\n", stderr);
    std::abort();
  }
  address_ = "127.0.0.1:" + std::to_string(port);
}

EchoServer::~EchoServer() {
  server_->Shutdown();
  server_->Wait();
}

}  // namespace passend::service
