// What went wrong inside, for the operator: JSON lines like those of calls, such as
// {"time":"2026-03-01T08:00:00.000Z","mistake":"the disk is full; ...","method":"passend.v1...",
// "trace":"..."}. A full disk is told to everybody who writes, and the log may be on that disk: so
// there are ten lines in a second at most, and the next one says how many were left out.
#ifndef PASSEND_SERVICE_CALL_MISTAKE_LOG_H_
#define PASSEND_SERVICE_CALL_MISTAKE_LOG_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "service/call/call_context.h"

namespace passend::service {

// Thread safety: Add from any thread.
class MistakeLog {
 public:
  static constexpr size_t kLinesASecond = 10;

  MistakeLog(std::function<void(const std::string&)> write, std::function<absl::Time()> now);

  // `what` holds nothing of a request: it comes from our own code.
  void Add(const CallContext& context, std::string_view what);

 private:
  const std::function<void(const std::string&)> write_;
  const std::function<absl::Time()> now_;
  absl::Mutex mutex_;
  absl::Time second_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();  // when it began
  size_t lines_ ABSL_GUARDED_BY(mutex_) = 0;                          // in it
  size_t left_out_ ABSL_GUARDED_BY(mutex_) = 0;                       // since the last line
};

// To the log of the process.
void LogMistake(const CallContext& context, std::string_view what);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_MISTAKE_LOG_H_
