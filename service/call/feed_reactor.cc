#include "service/call/feed_reactor.h"

#include <grpcpp/alarm.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/call/grpc_arrival.h"
#include "service/call/grpc_status.h"
#include "service/call/grpc_timer.h"
#include "service/call/sharer.h"
#include "service/errors/call_errors.h"
#include "service/limits.h"

namespace passend::service {
namespace {

// Ends a feed whose last answer nobody reads, from a timer of gRPC. The timer may fire while the
// call ends by itself, so both sides share this.
struct Stuck {
  absl::Mutex mutex;
  // Null once the call is done.
  grpc::CallbackServerContext* context ABSL_GUARDED_BY(mutex) = nullptr;
};

// States, and who holds the reactor in each:
//
//   receiving  gRPC, from StartRead to OnReadDone; or the intake, once it has to give way
//   working    a worker, or the queue of workers
//   writing    gRPC, from StartWrite to OnWriteDone
//   waiting    the bell, until it wakes it
//   ended      Finish was called; gRPC until OnDone
//
// Exactly one of them holds it at a time, so no lock is needed (MessageIntake::Leave says whose it
// is at the end of the first); only OnCancel comes at any time.
class FeedReactor : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  FeedReactor(CallServer& calls, MessageIntake& intake, grpc::CallbackServerContext& context,
              const std::string& method)
      : calls_(calls), intake_(intake), context_(context) {
    CallContext arrived = ContextOf(calls, context, method, cancelled_);
    absl::StatusOr<TakenCall> taken =
        calls.Enter(arrived, CredentialsOf(context, arrived.caller.peer));
    if (!taken.ok()) {
      End(arrived, taken.status());
      return;
    }
    call_ = *std::move(taken);
    ends_ = call_.context.steady_now() + kFeedDurationMax;
    {
      absl::MutexLock lock(&stuck_->mutex);
      stuck_->context = &context;
    }
    alarm_.Set(TimerIn(kFeedDurationMax + kFeedEndsWithin), [stuck = stuck_](bool expired) {
      absl::MutexLock lock(&stuck->mutex);
      if (expired && stuck->context != nullptr) stuck->context->TryCancel();
    });
    StartRead(&request_);
    ticket_ =
        intake.Enter(SharerOf(call_.context.caller), [this] { End(call_.context, Overloaded()); });
  }

  void OnReadDone(bool ok) override {
    if (!intake_.Leave(ticket_)) return;  // ended
    if (!ok) return End(call_.context, Cancelled());
    PostWork();
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(call_.context, Cancelled());
    written_.Clear();
    PostWork();
  }

  void OnCancel() override {
    cancelled_->store(true);
    calls_.bell().Hurry(this);
  }

  void OnDone() override {
    {
      absl::MutexLock lock(&stuck_->mutex);
      stuck_->context = nullptr;
    }
    delete this;
  }

 private:
  void PostWork() {
    calls_.Post(
        call_, [this] { Work(); }, [this] { End(call_.context, Overloaded()); });
  }

  void Work() {
    const absl::Time now = call_.context.steady_now();
    if (absl::Status open = EnsureOpen(); !open.ok()) return End(call_.context, open);
    if (now >= ends_) return End(call_.context, absl::OkStatus());
    // Before looking for news: what comes while it looks rings again.
    const uint64_t rung = calls_.bell().count();
    auto step = feed_->Next(call_.context, now >= next_heartbeat_);
    if (!step.ok()) return End(call_.context, step.status());
    if (step->answer) {
      next_heartbeat_ = call_.context.steady_now() + feed_->heartbeat_interval();
      written_ = BufferOf(*step->answer);
      StartWrite(&written_);
    } else if (step->more) {
      PostWork();
    } else {
      Wait(rung);
    }
  }

  absl::Status EnsureOpen() {
    const Credentials credentials = CredentialsOf(context_, call_.context.caller.peer);
    if (absl::Status fine = calls_.CheckGoesOn(call_.context, credentials); !fine.ok()) return fine;
    if (feed_ != nullptr) return absl::OkStatus();
    auto opened = calls_.OpenFeed(call_.context, BytesOf(request_));
    if (!opened.ok()) return opened.status();
    feed_ = *std::move(opened);
    next_heartbeat_ = call_.context.steady_now() + feed_->heartbeat_interval();
    return absl::OkStatus();
  }

  // The reactor may be gone when Wait of the bell returns.
  void Wait(uint64_t rung) {
    const absl::Time until = std::min({next_heartbeat_, ends_, call_.context.deadline});
    const absl::Duration at_most =
        std::max(absl::ZeroDuration(), until - call_.context.steady_now());
    FeedBell& bell = calls_.bell();
    const auto cancelled = cancelled_;
    const void* const self = this;
    bell.Wait(self, rung, at_most, [this] { PostWork(); });
    // Where it was cancelled just before. Another one at the same address is woken for nothing.
    if (cancelled->load()) bell.Hurry(self);
  }

  // Last: the reactor may be gone when Finish returns.
  void End(const CallContext& context, const absl::Status& status) {
    calls_.Log(context, status);
    feed_.reset();
    call_.place = Admission::Place();
    Finish(ToGrpc(status));
  }

  CallServer& calls_;
  MessageIntake& intake_;
  grpc::CallbackServerContext& context_;
  const std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
  const std::shared_ptr<Stuck> stuck_ = std::make_shared<Stuck>();
  grpc::Alarm alarm_;  // cancelled with the reactor
  TakenCall call_{};
  absl::Time ends_ = absl::InfiniteFuture();  // by the steady clock, like the next
  absl::Time next_heartbeat_ = absl::InfiniteFuture();
  std::unique_ptr<ByteFeed> feed_;
  MessageIntake::Ticket ticket_ = 0;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer written_;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* NewFeedReactor(
    CallServer& calls, MessageIntake& intake, grpc::CallbackServerContext& context,
    const std::string& method) {
  return new FeedReactor(calls, intake, context, method);
}

}  // namespace passend::service
