#include "service/call/health_service.h"

#include <google/protobuf/wrappers.pb.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/support/server_callback.h>

#include <utility>

#include "service/call/grpc_arrival.h"
#include "service/call/grpc_status.h"
#include "service/errors/call_errors.h"

namespace passend::service {
namespace {

using Bytes = grpc::ByteBuffer;
using grpc::internal::RpcServiceMethod;

// grpc.health.v1.HealthCheckRequest has one field, number 1, a text; HealthCheckResponse one,
// number 1, an enum. These messages have the same bytes.
using CheckRequest = google::protobuf::StringValue;
using CheckAnswer = google::protobuf::Int32Value;

Bytes BytesFor(Health::Status status) {
  CheckAnswer answer;
  answer.set_value(static_cast<int>(status));
  return BufferOf(answer.SerializeAsString());
}

// The message is taken as those of all other methods are (see UnaryReactor in grpc_services.cc).
class Asked : public grpc::ServerBidiReactor<Bytes, Bytes> {
 public:
  void OnReadDone(bool ok) override {
    if (!intake_.Leave(ticket_)) return;  // ended
    if (!ok) return Finish(ToGrpc(Cancelled()));
    CheckRequest request;
    if (!request.ParseFromString(BytesOf(request_))) {
      return Finish({grpc::StatusCode::INVALID_ARGUMENT, "not a HealthCheckRequest"});
    }
    request_.Clear();
    Answer(request.value());
  }
  void OnDone() override { delete this; }

 protected:
  Asked(MessageIntake& intake, grpc::CallbackServerContext& context)
      : intake_(intake), peer_(context.peer()) {}

  const std::string& peer() const { return peer_; }

  void Receive() {
    StartRead(&request_);
    ticket_ = intake_.Enter(peer_, [this] { Finish(ToGrpc(Overloaded())); });
  }

 private:
  virtual void Answer(const std::string& service) = 0;

  MessageIntake& intake_;
  const std::string peer_;
  MessageIntake::Ticket ticket_ = 0;
  Bytes request_;
};

class CheckReactor : public Asked {
 public:
  CheckReactor(Health& health, MessageIntake& intake, grpc::CallbackServerContext& context)
      : Asked(intake, context), health_(health) {
    Receive();
  }

 private:
  void Answer(const std::string& service) override {
    const Health::Status status = health_.Of(service);
    if (status == Health::Status::kServiceUnknown) {
      return Finish({grpc::StatusCode::NOT_FOUND, "there is no such service"});
    }
    answer_ = BytesFor(status);
    StartWriteAndFinish(&answer_, grpc::WriteOptions(), grpc::Status::OK);
  }

  Health& health_;
  Bytes answer_;
};

// States, by busy_ and finished_:
//
//   receiving  busy: of the intake or gRPC, until the message is there
//   waiting    neither: whoever has news, or ends it, makes it busy
//   writing    busy: gRPC, from StartWrite to OnWriteDone
//   ended      finished: Finish was called; gRPC until OnDone
class WatchReactor : public Asked {
 public:
  WatchReactor(Health& health, MessageIntake& intake, grpc::CallbackServerContext& context)
      : Asked(intake, context), health_(health) {
    absl::StatusOr<Admission::Place> place = health.watches().Enter(AddressOf(peer()));
    if (!place.ok()) {
      Finish(ToGrpc(place.status()));
      return;
    }
    place_ = *std::move(place);
    Receive();
  }

  void OnWriteDone(bool ok) override {
    {
      absl::MutexLock lock(&mutex_);
      busy_ = false;
      if (!ok) cancelled_ = true;
    }
    GoOn();
  }
  void OnCancel() override {
    {
      absl::MutexLock lock(&mutex_);
      cancelled_ = true;
    }
    GoOn();
  }
  void OnDone() override {
    health_.Forget(this);
    Asked::OnDone();
  }

 private:
  void Answer(const std::string& service) override {
    service_ = service;
    health_.Watch(this, [this] { GoOn(); });
    {
      absl::MutexLock lock(&mutex_);
      busy_ = false;
    }
    GoOn();
  }

  // Tells what is new, or ends. Last: the reactor may be gone after it.
  void GoOn() {
    absl::Status end;
    {
      absl::MutexLock lock(&mutex_);
      if (busy_ || finished_) return;
      // In this order: what is told after the end is the last.
      const bool ended = health_.ended();
      const Health::Status now = health_.Of(service_);
      if (cancelled_) {
        end = Cancelled();
      } else if (now != told_) {
        busy_ = true;
        told_ = now;
      } else if (ended) {
        end = NotServing();
      } else {
        return;
      }
      finished_ = !end.ok();
    }
    if (!end.ok()) return Finish(ToGrpc(end));
    answer_ = BytesFor(told_);
    StartWrite(&answer_);
  }

  Health& health_;
  Admission::Place place_;
  std::string service_;  // once the message is there
  absl::Mutex mutex_;
  bool busy_ ABSL_GUARDED_BY(mutex_) = true;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  Health::Status told_{};  // of whoever is busy; none at first
  Bytes answer_;
};

class HealthService : public grpc::Service {
 public:
  HealthService(Health& health, std::shared_ptr<MessageIntake> intake)
      : intake_(std::move(intake)) {
    Add<CheckReactor>(0, "/grpc.health.v1.Health/Check", health);
    Add<WatchReactor>(1, "/grpc.health.v1.Health/Watch", health);
  }

 private:
  template <typename Reactor>
  void Add(int index, const char* path, Health& health) {
    AddMethod(new RpcServiceMethod(path, RpcServiceMethod::BIDI_STREAMING, nullptr));
    MarkMethodRawCallback(index,
                          new grpc::internal::CallbackBidiHandler<Bytes, Bytes>(
                              [&health, &intake = *intake_](grpc::CallbackServerContext* context) {
                                return new Reactor(health, intake, *context);
                              }));
  }

  const std::shared_ptr<MessageIntake> intake_;
};

}  // namespace

Health::Health(const std::vector<std::string>& services) {
  services_.emplace("", Status::kNotServing);
  for (const std::string& service : services) services_.emplace(service, Status::kNotServing);
  watches_.SetServing(true);  // health is told while nothing else is
}

void Health::SetServing(bool serving) { Set(serving, false); }
void Health::End() { Set(false, true); }

void Health::Set(bool serving, bool ended) {
  {
    absl::MutexLock lock(&mutex_);
    ended_ = ended_ || ended;
    for (auto& [service, status] : services_) {
      status = serving && !ended_ ? Status::kServing : Status::kNotServing;
    }
  }
  absl::MutexLock lock(&watchers_mutex_);
  for (const auto& [who, news] : watchers_) news();
}

Health::Status Health::Of(const std::string& service) const {
  absl::MutexLock lock(&mutex_);
  const auto found = services_.find(service);
  return found == services_.end() ? Status::kServiceUnknown : found->second;
}

bool Health::ended() const {
  absl::MutexLock lock(&mutex_);
  return ended_;
}

void Health::Watch(const void* who, std::function<void()> news) {
  absl::MutexLock lock(&watchers_mutex_);
  watchers_[who] = std::move(news);
}

void Health::Forget(const void* who) {
  absl::MutexLock lock(&watchers_mutex_);
  watchers_.erase(who);
}

std::string AddressOf(std::string_view peer) {
  if (peer.substr(0, 5) == "unix:") return "";
  return std::string(peer.substr(0, peer.rfind(':')));
}

std::unique_ptr<grpc::Service> MakeHealthService(Health& health,
                                                 std::shared_ptr<MessageIntake> intake) {
  return std::make_unique<HealthService>(health, std::move(intake));
}

}  // namespace passend::service
