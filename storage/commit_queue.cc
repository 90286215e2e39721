#include "storage/commit_queue.h"

#include "storage/limits.h"

namespace passend::storage {

absl::StatusOr<CommitResult> CommitQueue::Commit(const Batch& batch, size_t bytes) {
  Waiter own{batch, bytes, std::nullopt, false, {}};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&own);
  own.woken.wait(lock, [&] { return own.done || waiting_.front() == &own; });
  if (own.done) return *std::move(own.result);

  const std::vector<Waiter*> group = Gather();
  lock.unlock();
  // What is thrown here leaves open what was written: the process ends, and finds out when it
  // starts again.
  [&]() noexcept { process_(group); }();
  lock.lock();
  for (Waiter* waiter : group) {
    waiting_.pop_front();
    waiter->done = true;
    // Under the lock: a waiter that is done may be gone as soon as the lock is free.
    if (waiter != &own) waiter->woken.notify_one();
  }
  if (!waiting_.empty()) waiting_.front()->woken.notify_one();
  return *std::move(own.result);
}

std::vector<CommitQueue::Waiter*> CommitQueue::Gather() const {
  std::vector<Waiter*> group;
  size_t bytes = 0;
  for (Waiter* waiter : waiting_) {
    bytes += waiter->bytes;
    if (!group.empty() && (group.size() == kGroupCommitsMax || bytes > kGroupBytesMax)) break;
    group.push_back(waiter);
  }
  return group;
}

}  // namespace passend::storage
