// How a thread that works now and then is told to end, and waits until it works again.
#ifndef PASSEND_SERVICE_ENDING_SIGNAL_H_
#define PASSEND_SERVICE_ENDING_SIGNAL_H_

#include <condition_variable>
#include <mutex>

#include "absl/time/time.h"
#include "storage/steady_wait.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class EndingSignal {
 public:
  // Wakes all who wait; from then on nobody waits any more.
  void End() {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  // True where it has ended, by the end of this time at most, which may be infinite.
  bool WaitFor(absl::Duration at_most) const {
    std::unique_lock lock(mutex_);
    return storage::WaitSteadily(changed_, lock, at_most, [this] { return ended_; });
  }
  bool ended() const { return WaitFor(absl::ZeroDuration()); }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool ended_ = false;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ENDING_SIGNAL_H_
