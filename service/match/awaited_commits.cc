#include "service/match/awaited_commits.h"

#include <algorithm>
#include <utility>

#include "storage/steady_wait.h"

namespace passend::service {
namespace {

bool IsAboutAnswers(const storage::Key& key) {
  return key.kind == storage::RecordKind::kLook || key.kind == storage::RecordKind::kDecision;
}

}  // namespace

bool IsOnlyAboutAnswers(const storage::Batch& batch) {
  return std::all_of(batch.mutations.begin(), batch.mutations.end(),
                     [](const auto& mutation) { return IsAboutAnswers(mutation.key); }) &&
         std::all_of(batch.events.begin(), batch.events.end(),
                     [](const auto& event) { return IsAboutAnswers(event.key); });
}

absl::StatusOr<storage::CommitResult> AwaitedCommits::Commit(storage::Batch batch) {
  if (IsOnlyAboutAnswers(batch)) return inner().Commit(std::move(batch));
  {
    const std::lock_guard lock(mutex_);
    ++on_their_way_;
  }
  auto committed = inner().Commit(std::move(batch));
  // Of one that failed it may be unknown whether it is there.
  const storage::Sequence at = committed.ok() ? committed->sequence : inner().LastSequence();
  {
    const std::lock_guard lock(mutex_);
    --on_their_way_;
    last_ = std::max(last_, at);
  }
  acknowledged_.notify_all();
  return committed;
}

CommitsToAwait AwaitedCommits::ToAwait() const {
  // In this order: another one up to here is either still on its way afterwards, or known.
  const storage::Sequence last = LastSequence();
  const std::lock_guard lock(mutex_);
  if (on_their_way_ > 0) return {last, last};
  return {std::max(last, last_), last_};
}

void AwaitedCommits::Await(storage::Sequence after, absl::Duration at_most,
                           const std::function<bool()>& given_up) const {
  std::unique_lock lock(mutex_);
  storage::WaitSteadily(acknowledged_, lock, at_most, [&] { return last_ > after || given_up(); });
}

void AwaitedCommits::Wake() const {
  // With the lock: nobody is between asking and waiting.
  const std::lock_guard lock(mutex_);
  acknowledged_.notify_all();
}

}  // namespace passend::service
