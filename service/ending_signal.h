// How a thread that works now and then is told to end, and waits until it works again.
#ifndef PASSEND_SERVICE_ENDING_SIGNAL_H_
#define PASSEND_SERVICE_ENDING_SIGNAL_H_

#include <condition_variable>
#include <mutex>

#include "absl/time/time.h"

namespace passend::service {

// Waits by the steady clock. Abseil's locks wait for a moment of the system's clock: whoever waits
// 50 ms when that is set back by an hour waits for an hour.
//
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
    std::unique_lock<std::mutex> lock(mutex_);
    if (at_most == absl::InfiniteDuration()) {  // no moment of the clock is so far away
      changed_.wait(lock, [this] { return ended_; });
      return true;
    }
    return changed_.wait_for(lock, absl::ToChronoNanoseconds(at_most), [this] { return ended_; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool ended_ = false;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ENDING_SIGNAL_H_
