#include "service/call/call_server.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/call/sharer.h"
#include "service/call/trace.h"
#include "service/errors/call_errors.h"
#include "service/errors/error_status.h"
#include "service/errors/request_errors.h"
#include "service/limits.h"
#include "service/steady_now.h"
#include "service/text.h"

namespace passend::service {
namespace {

absl::Status CheckWaitedFor(const CallContext& context) {
  if (context.overdue()) return DeadlineExceeded();
  if (context.cancelled()) return Cancelled();
  return absl::OkStatus();
}

// How late an answer that nobody reads may be cut off, as a part of the time that it has.
constexpr int kLooksWhileRead = 8;

// As many as there are threads at least: calls that come at the same time wait until each has woken
// one.
size_t CallsWaitingMax(const CallLimits& limits) {
  return std::max(limits.calls_in_flight_max, 2 * limits.worker_threads) - limits.worker_threads;
}

}  // namespace

CallServer::CallServer(const CallLimits& limits, const MethodBindings& bindings,
                       const Authorizer& authorizer, CallLog& log, Surroundings surroundings,
                       std::function<uint64_t()> last_sequence)
    : limits_(limits),
      bindings_(bindings),
      authorizer_(authorizer),
      log_(log),
      surroundings_(std::move(surroundings)),
      last_sequence_(std::move(last_sequence)),
      prompt_admission_(Admission::kUnbounded),
      bulk_admission_(kBulkCallsMax),
      exchange_admission_(limits.exchanges_max),
      feed_admission_(limits.feeds_max),
      unread_(limits.unread_bytes_max, limits.read_within, SteadyNow),
      ending_overdue_(limits.read_within / kLooksWhileRead, [this] { unread_.EndOverdue(); }),
      prompt_(limits.worker_threads, CallsWaitingMax(limits), surroundings_.steady_now),
      bulk_(kBulkThreads, kBulkCallsMax, surroundings_.steady_now, absl::InfiniteDuration()),
      exchange_(kExchangeThreads, limits.exchanges_max, surroundings_.steady_now,
                absl::InfiniteDuration()),
      feeds_(kFeedThreads, limits.feeds_max, surroundings_.steady_now, absl::InfiniteDuration()) {}

void CallServer::SetServing(bool serving) {
  for (const Lane lane : {Lane::kPrompt, Lane::kBulk, Lane::kExchange, Lane::kFeed}) {
    AdmissionOf(lane).SetServing(serving);
  }
  if (serving) return;
  bell().Ring(0);  // feeds that wait see it, and end
  serving_end_.Tell();
}

Admission& CallServer::AdmissionOf(Lane lane) {
  switch (lane) {
    case Lane::kBulk:
      return bulk_admission_;
    case Lane::kExchange:
      return exchange_admission_;
    case Lane::kFeed:
      return feed_admission_;
    case Lane::kPrompt:
      break;
  }
  return prompt_admission_;
}

WorkerPool& CallServer::WorkersOf(Lane lane) {
  switch (lane) {
    case Lane::kBulk:
      return bulk_;
    case Lane::kExchange:
      return exchange_;
    case Lane::kFeed:
      return feeds_;
    case Lane::kPrompt:
      break;
  }
  return prompt_;
}

CallContext CallServer::ContextOf(const Arrival& arrival) const {
  CallContext context;
  context.method = std::string(arrival.method);
  context.caller.peer = std::string(arrival.peer);
  context.trace = TraceIdOf(arrival.traceparent).value_or("");
  if (context.trace.empty()) context.trace = RandomTraceId(surroundings_);
  context.now = surroundings_.now;
  context.steady_now = surroundings_.steady_now;
  context.start_time = context.steady_now();
  context.deadline = context.start_time + arrival.time_left;
  context.cancel_signal = arrival.cancel_signal;
  return context;
}

absl::StatusOr<TakenCall> CallServer::Enter(CallContext context, const Credentials& credentials) {
  const MethodRow* method = FindMethod(context.method);
  if (method == nullptr) return NoSuchMethod(context.method);
  absl::StatusOr<Caller> caller = authorizer_.Admit(credentials, *method);
  if (!caller.ok()) return caller.status();
  context.caller = *std::move(caller);
  absl::StatusOr<Admission::Place> place =
      AdmissionOf(method->lane).Enter(KnownSharerOf(context.caller));
  if (!place.ok()) return place.status();
  if (method->lane == Lane::kBulk) {
    context.deadline = std::min(context.deadline, context.steady_now() + kBulkCallDurationMax);
  }
  return TakenCall{std::move(context), method, *std::move(place)};
}

void CallServer::Post(const TakenCall& call, std::function<void()> work,
                      std::function<void()> turn_away) {
  WaitingCall waiting{SharerOf(call.context.caller), call.method->gives_way, std::move(work),
                      std::move(turn_away)};
  waiting.method = call.method->name;
  if (call.method->lane == Lane::kPrompt) return prompt_.RunOrPost(std::move(waiting));
  WorkersOf(call.method->lane).Post(std::move(waiting));
}

absl::Status CallServer::CheckPart(const CallContext& context, std::string_view bytes) const {
  if (absl::Status waited_for = CheckWaitedFor(context); !waited_for.ok()) return waited_for;
  if (bytes.size() > limits_.message_bytes_max) {
    return LimitExceeded("message bytes", limits_.message_bytes_max);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> CallServer::Answer(const CallContext& context,
                                               std::string_view bytes) const {
  if (absl::Status fine = CheckPart(context, bytes); !fine.ok()) return fine;
  return bindings_.Answer(context, bytes);
}

CallContext CallServer::NextOf(const CallContext& context) const {
  CallContext next = context;
  next.start_time = next.steady_now();
  return next;
}

absl::StatusOr<std::unique_ptr<ByteStream>> CallServer::Open(const CallContext& context) const {
  if (absl::Status waited_for = CheckWaitedFor(context); !waited_for.ok()) return waited_for;
  return bindings_.Open(context);
}

absl::StatusOr<std::unique_ptr<ByteFeed>> CallServer::OpenFeed(const CallContext& context,
                                                               std::string_view bytes) const {
  if (absl::Status fine = CheckPart(context, bytes); !fine.ok()) return fine;
  return bindings_.OpenFeed(context, bytes);
}

absl::Status CallServer::CheckGoesOn(const CallContext& context,
                                     const Credentials& credentials) const {
  if (absl::Status waited_for = CheckWaitedFor(context); !waited_for.ok()) return waited_for;
  if (!serving()) return NotServing();
  const MethodRow* method = FindMethod(context.method);
  if (method == nullptr) return NoSuchMethod(context.method);
  return authorizer_.Admit(credentials, *method).status();
}

std::optional<uint64_t> CallServer::SequenceToTell(const CallContext& context) const {
  const MethodRow* method = FindMethod(context.method);
  if (method == nullptr || method->effect == Effect::kReads) return std::nullopt;
  // The write is committed by now, whichever of the commits it is: also one that was repeated, or
  // that found everything as it asks.
  return last_sequence_();
}

void CallServer::Log(const CallContext& context, const absl::Status& status) {
  const v1::ErrorReason reason = ReasonOf(status);
  // Where there is no such method, its name is whatever somebody sent.
  const bool known = FindMethod(context.method) != nullptr;
  log_.Write({surroundings_.now(), known ? context.method : "unknown", status.code(),
              reason == v1::ERROR_REASON_UNSPECIFIED ? "" : v1::ErrorReason_Name(reason),
              context.steady_now() - context.start_time, context.trace});
}

}  // namespace passend::service
