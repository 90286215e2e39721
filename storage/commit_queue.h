// Gathers commits that wait at the same time into groups. The first to wait leads: it takes those
// behind it along and processes all of them while the next group gathers.
//
//     a waiter is      when
//     queued           it has joined, and others are before it
//     leading          it has come to the front: its thread runs `process`
//     done             its result is set, by its own thread or by the leader's
//
// Thread safety: all methods from any thread. `process` runs on one thread at a time.
#ifndef PASSEND_STORAGE_COMMIT_QUEUE_H_
#define PASSEND_STORAGE_COMMIT_QUEUE_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace passend::storage {

class CommitQueue {
 public:
  struct Waiter {
    const Batch& batch;
    const size_t bytes;
    std::optional<absl::StatusOr<CommitResult>> result;  // to be set by `process`
    bool done = false;                                   // guarded by mutex_
    std::condition_variable woken;
  };
  using Process = std::function<void(const std::vector<Waiter*>&)>;

  // `process` sets the result of each waiter. It gets at least one, and at most kGroupCommitsMax
  // with kGroupBytesMax in all, unless the first is larger by itself.
  explicit CommitQueue(Process process) : process_(std::move(process)) {}

  absl::StatusOr<CommitResult> Commit(const Batch& batch, size_t bytes);

 private:
  std::vector<Waiter*> Gather() const;

  const Process process_;
  std::mutex mutex_;
  std::deque<Waiter*> waiting_;  // guarded by mutex_
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_COMMIT_QUEUE_H_
