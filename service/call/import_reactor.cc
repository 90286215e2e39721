#include "service/call/import_reactor.h"

#include <grpcpp/alarm.h>

#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/call/grpc_arrival.h"
#include "service/call/grpc_status.h"
#include "service/call/grpc_timer.h"
#include "service/errors/call_errors.h"

namespace passend::service {
namespace {

// Ends a call that has taken too long, from a timer of gRPC. The timer may fire while the call ends
// by itself, so both sides share this.
struct Overdue {
  absl::Mutex mutex;
  // Null once the call is done.
  grpc::CallbackServerContext* context ABSL_GUARDED_BY(mutex) = nullptr;
};

// States: reading (StartRead was called, gRPC holds the reactor), working (a worker holds it),
// ended (Finish was called). Exactly one of them holds it at a time, so no lock is needed; only
// OnCancel comes at any time.
class ImportReactor : public grpc::ServerReadReactor<grpc::ByteBuffer> {
 public:
  ImportReactor(CallServer& calls, grpc::CallbackServerContext& context, const std::string& method,
                grpc::ByteBuffer* response)
      : calls_(calls),
        context_(context),
        response_(response),
        overdue_(std::make_shared<Overdue>()) {
    CallContext arrived = ContextOf(calls, context, method, cancelled_);
    absl::StatusOr<TakenCall> taken =
        calls.Enter(arrived, CredentialsOf(context, arrived.caller.peer));
    if (!taken.ok()) {
      End(arrived, taken.status());
      return;
    }
    call_ = *std::move(taken);
    {
      absl::MutexLock lock(&overdue_->mutex);
      overdue_->context = &context;
    }
    alarm_.Set(TimerIn(call_.context.deadline - call_.context.steady_now()),
               [overdue = overdue_](bool expired) {
                 absl::MutexLock lock(&overdue->mutex);
                 if (expired && overdue->context != nullptr) overdue->context->TryCancel();
               });
    StartRead(&part_);
  }

  void OnReadDone(bool ok) override {
    calls_.Post(
        call_, [this, ok] { ok ? Take() : Conclude(); },
        [this] { End(call_.context, Overloaded()); });
  }

  void OnCancel() override { cancelled_->store(true); }
  void OnDone() override {
    {
      absl::MutexLock lock(&overdue_->mutex);
      overdue_->context = nullptr;
    }
    delete this;
  }

 private:
  absl::Status TryTake() {
    const std::string bytes = BytesOf(part_);
    if (absl::Status fine = calls_.CheckPart(call_.context, bytes); !fine.ok()) return fine;
    if (absl::Status opened = EnsureOpen(); !opened.ok()) return opened;
    return stream_->Add(call_.context, bytes);
  }

  absl::StatusOr<std::string> TryConclude() {
    if (absl::Status fine = calls_.CheckPart(call_.context, ""); !fine.ok()) return fine;
    if (absl::Status opened = EnsureOpen(); !opened.ok()) return opened;
    return stream_->Finish(call_.context);
  }

  absl::Status EnsureOpen() {
    if (stream_ != nullptr) return absl::OkStatus();
    absl::StatusOr<std::unique_ptr<ByteStream>> opened = calls_.Open(call_.context);
    if (opened.ok()) stream_ = *std::move(opened);
    return opened.status();
  }

  void Take() {
    if (absl::Status taken = TryTake(); !taken.ok()) return End(call_.context, taken);
    part_.Clear();
    StartRead(&part_);
  }

  void Conclude() {
    absl::StatusOr<std::string> answer = TryConclude();
    if (answer.ok()) {
      *response_ = BufferOf(*answer);
      TellSequence(calls_, call_.context, context_);
    }
    End(call_.context, answer.status());
  }

  // Last: the reactor may be gone when Finish returns.
  void End(const CallContext& context, const absl::Status& status) {
    calls_.Log(context, status);
    stream_.reset();
    call_.place = Admission::Place();
    Finish(ToGrpc(status));
  }

  CallServer& calls_;
  grpc::CallbackServerContext& context_;
  grpc::ByteBuffer* const response_;
  const std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
  const std::shared_ptr<Overdue> overdue_;
  grpc::Alarm alarm_;  // cancelled with the reactor
  TakenCall call_{};
  grpc::ByteBuffer part_;
  std::unique_ptr<ByteStream> stream_;
};

}  // namespace

grpc::ServerReadReactor<grpc::ByteBuffer>* NewImportReactor(CallServer& calls,
                                                            grpc::CallbackServerContext& context,
                                                            const std::string& method,
                                                            grpc::ByteBuffer* response) {
  return new ImportReactor(calls, context, method, response);
}

}  // namespace passend::service
