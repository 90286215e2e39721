// The last durable sequence, and the waiting for the next one.
//
// Thread safety: all methods from any thread.
#ifndef PASSEND_STORAGE_COMMIT_SIGNAL_H_
#define PASSEND_STORAGE_COMMIT_SIGNAL_H_

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "absl/time/time.h"
#include "storage/store.h"

namespace passend::storage {

class CommitSignal {
 public:
  explicit CommitSignal(Sequence last) : last_(last) {}

  Sequence Last() const {
    std::lock_guard lock(mutex_);
    return last_;
  }

  void Announce(Sequence last) {
    {
      std::lock_guard lock(mutex_);
      last_ = last;
    }
    changed_.notify_all();
  }

  // Until Last() > `after` or until `deadline`, which is a time of the system's clock: one cannot
  // wait on a simulated one.
  Sequence Await(Sequence after, absl::Time deadline) const {
    std::unique_lock lock(mutex_);
    const auto newer = [&] { return last_ > after; };
    if (deadline == absl::InfiniteFuture()) {
      changed_.wait(lock, newer);
    } else {
      changed_.wait_until(lock, absl::ToChronoTime(std::max(deadline, absl::UnixEpoch())), newer);
    }
    return last_;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  Sequence last_;  // guarded by mutex_
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_COMMIT_SIGNAL_H_
