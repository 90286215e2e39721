#include "service/call/grpc_services.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/support/server_callback.h>

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "service/call/exchange_reactor.h"
#include "service/call/feed_reactor.h"
#include "service/call/grpc_arrival.h"
#include "service/call/grpc_status.h"
#include "service/call/import_reactor.h"
#include "service/errors/call_errors.h"
#include "service/text.h"

namespace passend::service {
namespace {

using grpc::internal::RpcServiceMethod;

// One call with one request. It lives until gRPC says that the call is done, which is after
// Finish; the work on a worker's thread always ends in Finish.
class UnaryReactor : public grpc::ServerUnaryReactor {
 public:
  UnaryReactor(CallServer& calls, grpc::CallbackServerContext& context, std::string_view method,
               const grpc::ByteBuffer* request, grpc::ByteBuffer* response)
      : calls_(calls), context_(context), request_(request), response_(response) {
    CallContext arrived = ContextOf(calls, context, method, cancelled_);
    absl::StatusOr<TakenCall> taken =
        calls.Enter(arrived, CredentialsOf(context, arrived.caller.peer));
    if (!taken.ok()) {
      End(arrived, taken.status());
      return;
    }
    call_ = *std::move(taken);
    calls.Post(
        call_, [this] { Answer(); }, [this] { End(call_.context, Overloaded()); });
  }

  void OnCancel() override { cancelled_->store(true); }
  void OnDone() override { delete this; }

 private:
  void Answer() {
    absl::StatusOr<std::string> answer = calls_.Answer(call_.context, BytesOf(*request_));
    if (answer.ok()) {
      *response_ = BufferOf(*answer);
      TellSequence(calls_, call_.context, context_);
    }
    End(call_.context, answer.status());
  }

  // Last: the reactor may be gone when Finish returns.
  void End(const CallContext& context, const absl::Status& status) {
    calls_.Log(context, status);
    call_.place = Admission::Place();
    Finish(ToGrpc(status));
  }

  CallServer& calls_;
  grpc::CallbackServerContext& context_;
  const grpc::ByteBuffer* const request_;
  grpc::ByteBuffer* const response_;
  const std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
  TakenCall call_{};
};

class DescribedService : public grpc::Service {
 public:
  DescribedService(CallServer& calls, const google::protobuf::ServiceDescriptor& service) {
    for (int i = 0; i < service.method_count(); ++i) {
      AddDescribed(calls, *service.method(i), i);
    }
  }

 private:
  static RpcServiceMethod::RpcType TypeOf(const google::protobuf::MethodDescriptor& method) {
    if (method.client_streaming()) {
      return method.server_streaming() ? RpcServiceMethod::BIDI_STREAMING
                                       : RpcServiceMethod::CLIENT_STREAMING;
    }
    return method.server_streaming() ? RpcServiceMethod::SERVER_STREAMING
                                     : RpcServiceMethod::NORMAL_RPC;
  }

  void AddDescribed(CallServer& calls, const google::protobuf::MethodDescriptor& method,
                    int index) {
    const std::string& path =
        *paths_.insert(absl::StrCat("/", method.service()->full_name(), "/", method.name())).first;
    const std::string& name = method.full_name();
    AddMethod(new RpcServiceMethod(path.c_str(), TypeOf(method), nullptr));
    if (method.client_streaming() && method.server_streaming()) {
      MarkMethodRawCallback(
          index, new grpc::internal::CallbackBidiHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
                     [&calls, &name](grpc::CallbackServerContext* context) {
                       return NewExchangeReactor(calls, *context, name);
                     }));
    } else if (method.client_streaming()) {
      MarkMethodRawCallback(
          index,
          new grpc::internal::CallbackClientStreamingHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
              [&calls, &name](grpc::CallbackServerContext* context, grpc::ByteBuffer* response) {
                return NewImportReactor(calls, *context, name, response);
              }));
    } else if (method.server_streaming()) {
      MarkMethodRawCallback(
          index,
          new grpc::internal::CallbackServerStreamingHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
              [&calls, &name](grpc::CallbackServerContext* context,
                              const grpc::ByteBuffer* request) {
                return NewFeedReactor(calls, *context, name, request);
              }));
    } else {
      MarkMethodRawCallback(
          index, new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
                     [&calls, &name](grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
                       return new UnaryReactor(calls, *context, name, request, response);
                     }));
    }
  }

  std::set<std::string> paths_;  // gRPC keeps pointers
};

class FallbackReactor : public grpc::ServerGenericBidiReactor {
 public:
  FallbackReactor(CallServer& calls, grpc::GenericCallbackServerContext& context) {
    const CallContext arrived = ContextOf(calls, context, context.method(), nullptr);
    const absl::Status status = NoSuchMethod(context.method());
    calls.Log(arrived, status);
    Finish(ToGrpc(status));
  }
  void OnDone() override { delete this; }
};

class FallbackService : public grpc::CallbackGenericService {
 public:
  explicit FallbackService(CallServer& calls) : calls_(calls) {}
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    return new FallbackReactor(calls_, *context);
  }

 private:
  CallServer& calls_;
};

}  // namespace

std::vector<std::string> ServiceNames() {
  std::set<std::string> names;
  for (const MethodRow& row : MethodTable()) {
    names.emplace(row.name.substr(0, row.name.rfind('.')));
  }
  return {names.begin(), names.end()};
}

std::vector<std::unique_ptr<grpc::Service>> MakeGrpcServices(CallServer& calls) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  for (const std::string& name : ServiceNames()) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    services.push_back(std::make_unique<DescribedService>(calls, *service));
  }
  return services;
}

std::unique_ptr<grpc::CallbackGenericService> MakeFallbackService(CallServer& calls) {
  return std::make_unique<FallbackService>(calls);
}

}  // namespace passend::service
