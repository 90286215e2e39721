// How long one waits, by a clock that nobody sets.
#ifndef PASSEND_STORAGE_STEADY_WAIT_H_
#define PASSEND_STORAGE_STEADY_WAIT_H_

#include <condition_variable>
#include <mutex>

#include "absl/time/time.h"

namespace passend::storage {

// Until `done`, which is asked while the lock is held, or for `at_most`, which may be infinite.
// Returns done(). Abseil's locks wait for a moment of the system's clock instead: whoever waits
// 50 ms when that is set back by an hour waits for an hour.
template <class Done>
bool WaitSteadily(std::condition_variable& changed, std::unique_lock<std::mutex>& lock,
                  absl::Duration at_most, const Done& done) {
  // No moment of the clock is so far away.
  constexpr absl::Duration kForEver = absl::Hours(24 * 365 * 100);
  if (at_most < kForEver) return changed.wait_for(lock, absl::ToChronoNanoseconds(at_most), done);
  changed.wait(lock, done);
  return true;
}

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_STEADY_WAIT_H_
