// Threads of our own with a bounded queue, so that slow answers hold one of gRPC's at most.
#ifndef PASSEND_SERVICE_CALL_WORKER_POOL_H_
#define PASSEND_SERVICE_CALL_WORKER_POOL_H_

#include <cstddef>
#include <functional>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "service/call/fair_queue.h"

namespace passend::service {

// How long calls may have to wait for a thread, about, while more come than can be answered; what
// would wait longer is turned away. What gives way last may wait longer.
inline constexpr absl::Duration kWaitWhenBusy = absl::Milliseconds(250);

// Whose turn has not come after so many times as long is turned away too: of who asks for more than
// their share, some would wait until nobody waits for the answer.
inline constexpr int kWaitTimesMax = 4;

// As many calls wait as can begin within a time, by how long calls of their methods took lately
// (but as many as there are threads in any case, and 16): who is told at once to come back later is
// better off than who waits, gives up, and is answered in vain.
//
// Thread safety: all methods may be called from any thread, the destructor from none of its own.
class WorkerPool {
 public:
  // `threads` >= 1. `waiting_max` >= 1: as many wait at most while all threads are busy. `now`:
  // called from any thread. `wait_when_busy`: that time; infinite where whoever waits has a place
  // already, and would lose it by being turned away.
  WorkerPool(size_t threads, size_t waiting_max, std::function<absl::Time()> now,
             absl::Duration wait_when_busy = kWaitWhenBusy);
  // Runs what waits, then ends the threads, and waits for what runs elsewhere.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Runs the call, which must not throw, on one of the threads, in the order of FairQueue. Where
  // too many wait, one of them is turned away instead, on this thread, before this returns: this
  // call or another one. What waited for too long is turned away on one of the threads.
  void Post(WaitingCall call);

  // As Post; but where nothing waits or runs, the call is run here and now, in the place of one of
  // the threads: waking one takes longer than many calls do. So one call at most holds a thread of
  // those who bring them.
  void RunOrPost(WaitingCall call);

  size_t waiting() const;

 private:
  struct Turn {
    std::string_view method;
    absl::Duration took;
  };

  void Run();
  // Takes the only turn there is; false where somebody has one, or waits for one.
  bool TakeTurnAlone();
  void EndTurn(const Turn& turn) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<WaitingCall> TakeTooLate(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t thread_count_;
  const std::function<absl::Time()> now_;
  const absl::Duration wait_when_busy_;
  const double steps_max_;  // of all threads within that time
  mutable absl::Mutex mutex_;
  FairQueue queue_ ABSL_GUARDED_BY(mutex_);
  // A call, by method.
  absl::flat_hash_map<std::string_view, absl::Duration> took_lately_ ABSL_GUARDED_BY(mutex_);
  absl::Time looked_for_late_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  size_t running_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_WORKER_POOL_H_
