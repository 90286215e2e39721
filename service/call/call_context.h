// What a handler may know of a call besides its request.
#ifndef PASSEND_SERVICE_CALL_CALL_CONTEXT_H_
#define PASSEND_SERVICE_CALL_CALL_CONTEXT_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "service/call/caller.h"
#include "service/steady_now.h"

namespace passend::service {

class Disclosure;
class Looks;

// Copies share the cancellation and the looks. Thread safety: immutable but for the cancellation,
// which any thread may read, and the looks, which are of the thread that answers.
struct CallContext {
  std::string method;  // full name: `passend.v1.PassportService.GetPassport`
  Caller caller;
  std::string trace;  // 32 hexadecimal digits
  std::function<absl::Time()> now;
  std::function<absl::Time()> steady_now = SteadyNow;      // as in Surroundings, like now
  absl::Time start_time = absl::UnixEpoch();               // by steady_now
  absl::Time deadline = absl::InfiniteFuture();            // by steady_now
  std::shared_ptr<const std::atomic<bool>> cancel_signal;  // null: cannot be cancelled
  Disclosure* disclosure = nullptr;  // what the answer may tell; null: it is not filtered
  // Whom the answer shows, as the handler tells it (audit/looks.h). Null: nobody asks.
  std::shared_ptr<Looks> looks;

  // The caller went away. Long work asks now and then, and returns Cancelled().
  bool cancelled() const { return cancel_signal != nullptr && cancel_signal->load(); }
  bool overdue() const { return steady_now() >= deadline; }
  // Nobody waits for the answer any more.
  bool pointless() const { return cancelled() || overdue(); }
};

// ScopedMethod of the call.
inline std::string ScopedMethod(const CallContext& context) {
  return ScopedMethod(context.method, context.caller);
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_CALL_CONTEXT_H_
