// What wakes those who wait for news: thousands of feeds without a thread of their own.
#ifndef PASSEND_SERVICE_CALL_FEED_BELL_H_
#define PASSEND_SERVICE_CALL_FEED_BELL_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace passend::service {

// Who waits is woken once: by the next ring, by the end of its time, or by Hurry, whichever comes
// first. To miss nothing, one asks for count() first, looks whether there is news, and waits with
// that count.
//
// Thread safety: all methods may be called from any thread; nobody waits any more at destruction.
class FeedBell {
 public:
  FeedBell() = default;
  ~FeedBell();
  FeedBell(const FeedBell&) = delete;
  FeedBell& operator=(const FeedBell&) = delete;

  // How often it rang.
  uint64_t count() const;
  // The largest number that it was rung with: who is woken by a ring finds at least that.
  uint64_t reached() const;

  // There is news, up to `reached`: wakes everybody.
  void Ring(uint64_t reached);

  // Calls `wake` once, from some thread, which it must not hold up: now, where the bell rang since
  // its count was `count`; otherwise at the next ring, or after `at_most`. `who` waits once at a
  // time.
  void Wait(const void* who, uint64_t count, absl::Duration at_most, std::function<void()> wake);

  // Wakes `who` now; nothing where it does not wait.
  void Hurry(const void* who);

  // Who waits now.
  size_t waiting() const;

 private:
  // Waiting is measured by the steady clock: it goes on whatever is done to the system's.
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Waiter {
    SteadyTime until;
    std::function<void()> wake;
  };

  void WatchTheTime();
  std::function<void()> Take(const void* who) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  uint64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t reached_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<const void*, Waiter> waiters_ ABSL_GUARDED_BY(mutex_);
  std::set<std::pair<SteadyTime, const void*>> ends_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_ ABSL_GUARDED_BY(mutex_);  // from the first one on who waits
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_FEED_BELL_H_
