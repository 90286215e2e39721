// The way of a call from its arrival to its end, without gRPC: whoever speaks gRPC feeds it.
#ifndef PASSEND_SERVICE_CALL_CALL_SERVER_H_
#define PASSEND_SERVICE_CALL_CALL_SERVER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/call/admission.h"
#include "service/call/authorizer.h"
#include "service/call/call_context.h"
#include "service/call/call_log.h"
#include "service/call/method_bindings.h"
#include "service/call/serving_end.h"
#include "service/call/unread_answers.h"
#include "service/call/worker_pool.h"
#include "service/limits.h"
#include "service/regular_call.h"
#include "service/surroundings.h"

namespace passend::service {

struct CallLimits {
  size_t message_bytes_max;
  size_t calls_in_flight_max;  // of those that somebody waits for; without streams
  size_t worker_threads;
  absl::Duration exchange_idle_max = kExchangeIdleMax;
  size_t exchanges_max = kExchangesMax;
  size_t feeds_max = kFeedsMax;
  size_t unread_bytes_max = kUnreadBytesMax;
  absl::Duration read_within = kReadWithin;
};

// What is known of a call when it arrives.
struct Arrival {
  std::string_view method;  // full name, with dots only
  std::string_view peer;
  std::string_view traceparent;                         // empty: none
  absl::Duration time_left = absl::InfiniteDuration();  // until its deadline
  std::shared_ptr<const std::atomic<bool>> cancel_signal;
};

// A call that was taken on. It holds its place until it is destroyed.
struct TakenCall {
  CallContext context;
  const MethodRow* method;
  Admission::Place place;
};

// Thread safety: all methods may be called from any thread.
//
// A call goes: Enter (authorised, serving, a place free) -> Post (a worker, or OVERLOADED at once
// or while it waits) -> on the worker not at all where nobody waits any more, else the handler ->
// Log. Every call that arrives is logged once, whatever becomes of it.
class CallServer {
 public:
  // All that is given must outlive the server. `bindings` may still be filled until serving.
  // `last_sequence`: the store's last commit; called from any thread.
  CallServer(const CallLimits& limits, const MethodBindings& bindings, const Authorizer& authorizer,
             CallLog& log, Surroundings surroundings, std::function<uint64_t()> last_sequence);

  // Off at first.
  void SetServing(bool serving);
  bool serving() const { return prompt_admission_.serving(); }
  // Prompt calls that wait for a thread.
  size_t waiting() const { return prompt_.waiting(); }
  size_t feeds() const { return feed_admission_.in_flight(); }
  size_t exchanges() const { return exchange_admission_.in_flight(); }
  size_t in_flight() const {
    return prompt_admission_.in_flight() + bulk_admission_.in_flight() +
           exchange_admission_.in_flight() + feed_admission_.in_flight();
  }

  // The context of an arrival, whether it will be taken on or not.
  CallContext ContextOf(const Arrival& arrival) const;

  // NO_SUCH_METHOD, UNAUTHENTICATED, PERMISSION_DENIED, NOT_SERVING; OVERLOADED where there is no
  // place: prompt calls always have one, and wait. Calls of the bulk lane have places of their own
  // and a deadline at kBulkCallDurationMax from now; exchanges and feeds have places of their own,
  // and exchanges no other deadline than their caller's.
  absl::StatusOr<TakenCall> Enter(CallContext context, const Credentials& credentials);

  // Either runs `work` on a thread of the call's lane, in the order of FairQueue, and a prompt call
  // that is alone on this one; or `turn_away` on any thread where too many wait, in this call or
  // later: then the answer is OVERLOADED.
  void Post(const TakenCall& call, std::function<void()> work, std::function<void()> turn_away);

  // Answers a request on this thread. LIMIT_EXCEEDED for too many bytes, CANCELLED and
  // DEADLINE_EXCEEDED where nobody waits; otherwise as MethodBindings::Answer. For an exchange: one
  // request of it.
  absl::StatusOr<std::string> Answer(const CallContext& context, std::string_view bytes) const;

  // One more request of an exchange, from now on.
  CallContext NextOf(const CallContext& context) const;

  // The same for a stream: before each part and before the end.
  absl::StatusOr<std::unique_ptr<ByteStream>> Open(const CallContext& context) const;
  absl::Status CheckPart(const CallContext& context, std::string_view bytes) const;

  // A feed for the call and its one request. LIMIT_EXCEEDED; CANCELLED and DEADLINE_EXCEEDED where
  // nobody waits; otherwise as MethodBindings::OpenFeed.
  absl::StatusOr<std::unique_ptr<ByteFeed>> OpenFeed(const CallContext& context,
                                                     std::string_view bytes) const;
  // Whether a call that lasts may go on: as Enter, without taking a place, and CANCELLED or
  // DEADLINE_EXCEEDED. Tokens end, and so do the rights of who holds them.
  absl::Status CheckGoesOn(const CallContext& context, const Credentials& credentials) const;
  const CallLimits& limits() const { return limits_; }
  FeedBell& bell() const { return bindings_.bell(); }
  // Told once serving() is false.
  ServingEnd& serving_end() { return serving_end_; }
  // Where the answers of prompt calls are while they are sent: those calls hold no place any more.
  UnreadAnswers& unread() { return unread_; }
  const UnreadAnswers& unread() const { return unread_; }

  // What the answer to a write says beside its message, once it was made: a commit that has the
  // write, and everything before it. Nullopt for methods that only read.
  std::optional<uint64_t> SequenceToTell(const CallContext& context) const;

  void Log(const CallContext& context, const absl::Status& status);

 private:
  Admission& AdmissionOf(Lane lane);
  WorkerPool& WorkersOf(Lane lane);

  const CallLimits limits_;
  const MethodBindings& bindings_;
  const Authorizer& authorizer_;
  CallLog& log_;
  const Surroundings surroundings_;
  const std::function<uint64_t()> last_sequence_;
  Admission prompt_admission_;
  Admission bulk_admission_;
  Admission exchange_admission_;
  Admission feed_admission_;
  ServingEnd serving_end_;
  UnreadAnswers unread_;
  RegularCall ending_overdue_;
  WorkerPool prompt_;
  WorkerPool bulk_;
  WorkerPool exchange_;
  WorkerPool feeds_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_CALL_SERVER_H_
