// The last durable sequence, and the waiting for the next one.
//
// Thread safety: all methods from any thread.
#ifndef PASSEND_STORAGE_COMMIT_SIGNAL_H_
#define PASSEND_STORAGE_COMMIT_SIGNAL_H_

#include <condition_variable>
#include <mutex>

#include "absl/time/time.h"
#include "storage/steady_wait.h"
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

  // Until Last() > `after`, or for `at_most`.
  Sequence Await(Sequence after, absl::Duration at_most) const {
    std::unique_lock lock(mutex_);
    WaitSteadily(changed_, lock, at_most, [&] { return last_ > after; });
    return last_;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  Sequence last_;  // guarded by mutex_
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_COMMIT_SIGNAL_H_
