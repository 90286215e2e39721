#include "service/call/exchange_reactor.h"

#include <grpc/support/time.h>
#include <grpcpp/alarm.h>

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "service/call/grpc_arrival.h"
#include "service/call/grpc_status.h"
#include "service/call/grpc_timer.h"
#include "service/errors/call_errors.h"
#include "service/limits.h"

namespace passend::service {
namespace {

// Two that take turns. Assigning to a grpc::Alarm loses what it had; emplacing does not.
using Alarms = std::array<std::optional<grpc::Alarm>, 2>;

// Ends a stream on which the caller neither sends nor reads, from a timer of gRPC that looks once
// in a while. It may fire while the call ends by itself, so both sides share this.
class IdleWatch : public std::enable_shared_from_this<IdleWatch> {
 public:
  IdleWatch(grpc::CallbackServerContext& context, Alarms& alarms, absl::Duration idle_max)
      : until_next_look_(TimerIn(idle_max / kLooksMax)), context_(&context), alarms_(alarms) {}

  void Start() {
    absl::MutexLock lock(&mutex_);
    SetNext();
  }
  void Waits(bool waits) {
    absl::MutexLock lock(&mutex_);
    waits_ = waits;
    looks_ = 0;
  }
  void End() {
    absl::MutexLock lock(&mutex_);
    context_ = nullptr;
  }

 private:
  static constexpr int kLooksMax = 10;
  const gpr_timespec until_next_look_;

  // An alarm that fires is not set anew before the other one has fired: they take turns.
  void SetNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    grpc::Alarm& alarm = alarms_[next_].emplace();
    next_ = 1 - next_;
    alarm.Set(until_next_look_, [self = shared_from_this()](bool fired) { self->Look(fired); });
  }
  void Look(bool fired) {
    absl::MutexLock lock(&mutex_);
    if (!fired || context_ == nullptr) return;
    if (waits_ && ++looks_ > kLooksMax) {
      context_->TryCancel();
    } else {
      SetNext();
    }
  }

  absl::Mutex mutex_;
  // Null once the call is done.
  grpc::CallbackServerContext* context_ ABSL_GUARDED_BY(mutex_);
  Alarms& alarms_ ABSL_GUARDED_BY(mutex_);  // of the reactor
  size_t next_ ABSL_GUARDED_BY(mutex_) = 0;
  bool waits_ ABSL_GUARDED_BY(mutex_) = false;
  int looks_ ABSL_GUARDED_BY(mutex_) = 0;  // since it waits
};

// Whose turn it is at a stream. Both OnReadDone and the end of serving take kWaits; whoever gets it
// goes on, and the other one leaves the stream alone.
enum class Turn {
  kHeld,      // of whoever works, writes or ends
  kStarting,  // StartRead has not returned: of ReadNext
  kCame,      // the read was done before StartRead had returned: of ReadNext
  kWaits,     // for the caller: of nobody
};

// States, and who holds the reactor in each:
//
//   reading    nobody: OnReadDone or the end of serving takes it, by Turn
//   working    a worker, or the queue of workers
//   writing    gRPC, from StartWrite to OnWriteDone
//   ended      Finish was called; gRPC until OnDone. A read that is still open is done before that.
//
// Only OnCancel comes at any time.
class ExchangeReactor : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  ExchangeReactor(CallServer& calls, grpc::CallbackServerContext& context,
                  const std::string& method)
      : calls_(calls),
        context_(context),
        idle_(std::make_shared<IdleWatch>(context, alarms_, calls.limits().exchange_idle_max)) {
    CallContext arrived = ContextOf(calls, context, method, cancelled_);
    absl::StatusOr<TakenCall> taken =
        calls.Enter(arrived, CredentialsOf(context, arrived.caller.peer));
    if (!taken.ok()) {
      End(arrived, taken.status());
      return;
    }
    call_ = *std::move(taken);
    idle_->Start();
    calls_.serving_end().Watch(this, [this, turn = turn_] { EndWhereItWaits(this, *turn); });
    ReadNext();
  }

  void OnReadDone(bool ok) override {
    read_ok_ = ok;
    Turn found = Turn::kStarting;
    if (turn_->compare_exchange_strong(found, Turn::kCame)) return;
    found = Turn::kWaits;
    if (turn_->compare_exchange_strong(found, Turn::kHeld)) TakeRead();
  }

  void OnWriteDone(bool ok) override {
    answer_.Clear();
    if (!ok) return End(call_.context, Cancelled());
    if (!calls_.serving()) return End(call_.context, NotServing());
    ReadNext();
  }

  void OnCancel() override { cancelled_->store(true); }
  void OnDone() override {
    calls_.serving_end().Forget(this);
    idle_->End();
    delete this;
  }

 private:
  void ReadNext() {
    CallServer& calls = calls_;
    const std::shared_ptr<std::atomic<Turn>> turn = turn_;
    idle_->Waits(true);
    turn->store(Turn::kStarting);
    StartRead(&request_);
    Turn found = Turn::kStarting;
    if (!turn->compare_exchange_strong(found, Turn::kWaits)) {
      turn->store(Turn::kHeld);
      return TakeRead();
    }
    // From here on the reactor may be gone. Where serving ended just before, nobody else ends it.
    if (!calls.serving()) EndWhereItWaits(this, *turn);
  }

  // The reactor may be gone, but not while it waits.
  static void EndWhereItWaits(ExchangeReactor* reactor, std::atomic<Turn>& turn) {
    Turn found = Turn::kWaits;
    if (!turn.compare_exchange_strong(found, Turn::kHeld)) return;
    reactor->End(reactor->call_.context, NotServing());
  }

  void TakeRead() {
    idle_->Waits(false);
    if (!read_ok_) return Conclude();
    calls_.Post(
        call_, [this] { Answer(); }, [this] { End(call_.context, Overloaded()); });
  }

  void Answer() {
    const CallContext context = calls_.NextOf(call_.context);
    const Credentials credentials = CredentialsOf(context_, call_.context.caller.peer);
    if (absl::Status fine = calls_.CheckGoesOn(context, credentials); !fine.ok()) {
      return End(call_.context, fine);
    }
    const absl::StatusOr<std::string> answer = calls_.Answer(context, BytesOf(request_));
    request_.Clear();
    if (!answer.ok()) return End(call_.context, answer.status());
    calls_.Log(context, absl::OkStatus());
    answer_ = BufferOf(*answer);
    idle_->Waits(true);  // for whoever does not read
    StartWrite(&answer_);
  }

  // The caller has said that it is done, or went away.
  void Conclude() {
    if (cancelled_->load() || context_.IsCancelled()) return End(call_.context, Cancelled());
    TellSequence(calls_, call_.context, context_);
    End(call_.context, absl::OkStatus());
  }

  // Last: the reactor may be gone when Finish returns.
  void End(const CallContext& context, const absl::Status& status) {
    calls_.Log(context, status);
    call_.place = Admission::Place();
    Finish(ToGrpc(status));
  }

  CallServer& calls_;
  grpc::CallbackServerContext& context_;
  const std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
  Alarms alarms_;  // cancelled with the reactor
  const std::shared_ptr<IdleWatch> idle_;
  const std::shared_ptr<std::atomic<Turn>> turn_ = std::make_shared<std::atomic<Turn>>(Turn::kHeld);
  bool read_ok_ = false;  // of the last read
  TakenCall call_{};
  grpc::ByteBuffer request_;
  grpc::ByteBuffer answer_;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* NewExchangeReactor(
    CallServer& calls, grpc::CallbackServerContext& context, const std::string& method) {
  return new ExchangeReactor(calls, context, method);
}

}  // namespace passend::service
