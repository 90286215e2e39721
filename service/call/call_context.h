// What a handler may know of a call besides its request.
#ifndef PASSEND_SERVICE_CALL_CALL_CONTEXT_H_
#define PASSEND_SERVICE_CALL_CALL_CONTEXT_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"

namespace passend::service {

// What somebody may do.
enum class Role {
  kNone,
  kOperator,  // everything
};

// Who calls.
struct Caller {
  std::string peer;  // as gRPC names it: `unix:`, `ipv4:127.0.0.1:52814`
  Role role = Role::kNone;
};

// Copies share the cancellation. Thread safety: immutable but for the cancellation, which any
// thread may read.
struct CallContext {
  std::string method;  // full name: `passend.v1.PassportService.GetPassport`
  Caller caller;
  std::string trace;  // 32 hexadecimal digits
  absl::Time start_time = absl::UnixEpoch();
  absl::Time deadline = absl::InfiniteFuture();
  std::function<absl::Time()> now;
  std::shared_ptr<const std::atomic<bool>> cancel_signal;  // null: cannot be cancelled

  // The caller went away. Long work asks now and then, and returns Cancelled().
  bool cancelled() const { return cancel_signal != nullptr && cancel_signal->load(); }
  // Nobody waits for the answer any more: cancelled, or the deadline has passed.
  bool pointless() const { return cancelled() || now() >= deadline; }
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_CALL_CONTEXT_H_
