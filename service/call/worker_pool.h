// Threads of our own with a bounded queue, so that a slow answer holds none of gRPC's.
#ifndef PASSEND_SERVICE_CALL_WORKER_POOL_H_
#define PASSEND_SERVICE_CALL_WORKER_POOL_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread, the destructor from none of its own.
class WorkerPool {
 public:
  // `threads` >= 1. `queued_max` >= 1: what waits while all threads are busy.
  WorkerPool(size_t threads, size_t queued_max);
  // Runs what is queued, then ends the threads.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Runs `work`, which must not throw, on one of the threads, in the order of posting; or false
  // where the queue is full, and `work` never runs.
  bool TryPost(std::function<void()> work);

 private:
  void Run();

  const size_t queued_max_;
  absl::Mutex mutex_;
  std::deque<std::function<void()>> queue_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_WORKER_POOL_H_
