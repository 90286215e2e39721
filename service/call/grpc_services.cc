#include "service/call/grpc_services.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/support/server_callback.h>

#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "service/call/exchange_reactor.h"
#include "service/call/feed_reactor.h"
#include "service/call/grpc_arrival.h"
#include "service/call/grpc_status.h"
#include "service/call/import_reactor.h"
#include "service/call/message_intake.h"
#include "service/call/sharer.h"
#include "service/errors/call_errors.h"
#include "service/limits.h"
#include "service/steady_now.h"
#include "service/text.h"

namespace passend::service {
namespace {

using grpc::internal::RpcServiceMethod;

// One call with one request. Who calls is asked before the message is taken, so that a stranger
// sends none. Over gRPC it is a stream of either side: a method that says it has one message is
// called when all of that is there.
//
// States, and who holds the reactor in each:
//
//   receiving  gRPC, from StartRead to OnReadDone; or the intake, once it has to give way
//   working    a worker, or the queue of workers
//   ended      Finish was called, or StartWriteAndFinish; gRPC until OnDone
//
// MessageIntake::Leave says whose it is at the end of the first; only OnCancel comes at any time,
// and the end of an answer that nobody reads (unread_answers.h).
class UnaryReactor : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  UnaryReactor(CallServer& calls, MessageIntake& intake, grpc::CallbackServerContext& context,
               std::string_view method)
      : calls_(calls), intake_(intake), context_(context) {
    CallContext arrived = ContextOf(calls, context, method, cancelled_);
    absl::StatusOr<TakenCall> taken =
        calls.Enter(arrived, CredentialsOf(context, arrived.caller.peer));
    if (!taken.ok()) {
      End(arrived, taken.status());
      return;
    }
    call_ = *std::move(taken);
    StartRead(&request_);
    ticket_ =
        intake.Enter(SharerOf(call_.context.caller), [this] { End(call_.context, Overloaded()); });
  }

  void OnReadDone(bool ok) override {
    if (!intake_.Leave(ticket_)) return;  // ended
    if (!ok) return End(call_.context, Cancelled());
    calls_.Post(
        call_, [this] { Answer(); }, [this] { End(call_.context, Overloaded()); });
  }

  void OnCancel() override { cancelled_->store(true); }
  void OnDone() override {
    if (unread_) calls_.unread().Leave(*unread_);
    delete this;
  }

 private:
  void Answer() {
    absl::StatusOr<std::string> answer = calls_.Answer(call_.context, BytesOf(request_));
    request_.Clear();
    if (!answer.ok()) return End(call_.context, answer.status());
    response_ = BufferOf(*answer);
    TellSequence(calls_, call_.context, context_);
    Leave(call_.context, absl::OkStatus());
    unread_ = calls_.unread().Enter(SharerOf(call_.context.caller), response_.Length(),
                                    [&context = context_] { context.TryCancel(); });
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  // Last: the reactor may be gone when Finish returns.
  void End(const CallContext& context, const absl::Status& status) {
    Leave(context, status);
    Finish(ToGrpc(status));
  }

  void Leave(const CallContext& context, const absl::Status& status) {
    calls_.Log(context, status);
    call_.place = Admission::Place();
  }

  CallServer& calls_;
  MessageIntake& intake_;
  grpc::CallbackServerContext& context_;
  const std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
  TakenCall call_{};
  MessageIntake::Ticket ticket_ = 0;
  std::optional<UnreadAnswers::Ticket> unread_;  // from when it is sent
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

class DescribedService : public grpc::Service {
 public:
  DescribedService(CallServer& calls, std::shared_ptr<MessageIntake> intake,
                   const google::protobuf::ServiceDescriptor& service)
      : intake_(std::move(intake)) {
    for (int i = 0; i < service.method_count(); ++i) {
      AddDescribed(calls, *service.method(i), i);
    }
  }

 private:
  using Bytes = grpc::ByteBuffer;

  void AddDescribed(CallServer& calls, const google::protobuf::MethodDescriptor& method,
                    int index) {
    const std::string& path =
        *paths_.insert(absl::StrCat("/", method.service()->full_name(), "/", method.name())).first;
    const std::string& name = method.full_name();
    const bool imports = method.client_streaming() && !method.server_streaming();
    AddMethod(new RpcServiceMethod(
        path.c_str(),
        imports ? RpcServiceMethod::CLIENT_STREAMING : RpcServiceMethod::BIDI_STREAMING, nullptr));
    if (imports) {
      MarkMethodRawCallback(
          index, new grpc::internal::CallbackClientStreamingHandler<Bytes, Bytes>(
                     [&calls, &name](grpc::CallbackServerContext* context, Bytes* response) {
                       return NewImportReactor(calls, *context, name, response);
                     }));
      return;
    }
    MarkMethodRawCallback(
        index,
        new grpc::internal::CallbackBidiHandler<Bytes, Bytes>(
            [&calls, &intake = *intake_, &name, &method](
                grpc::CallbackServerContext* context) -> grpc::ServerBidiReactor<Bytes, Bytes>* {
              if (method.client_streaming()) {
                return NewExchangeReactor(calls, *context, name);
              }
              if (method.server_streaming()) {
                return NewFeedReactor(calls, intake, *context, name);
              }
              return new UnaryReactor(calls, intake, *context, name);
            }));
  }

  const std::shared_ptr<MessageIntake> intake_;
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

std::vector<std::unique_ptr<grpc::Service>> MakeGrpcServices(CallServer& calls, Health& health) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  const auto intake =
      std::make_shared<MessageIntake>(kMessagesReceivedMax, kMessagesAtOnceMax, SteadyNow);
  for (const std::string& name : ServiceNames()) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    services.push_back(std::make_unique<DescribedService>(calls, intake, *service));
  }
  services.push_back(MakeHealthService(health, intake));
  return services;
}

std::unique_ptr<grpc::CallbackGenericService> MakeFallbackService(CallServer& calls) {
  return std::make_unique<FallbackService>(calls);
}

}  // namespace passend::service
