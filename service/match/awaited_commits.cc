#include "service/match/awaited_commits.h"

#include <algorithm>
#include <utility>

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
    absl::MutexLock lock(&mutex_);
    ++on_their_way_;
  }
  auto committed = inner().Commit(std::move(batch));
  // Of one that failed it may be unknown whether it is there.
  const storage::Sequence at = committed.ok() ? committed->sequence : inner().LastSequence();
  absl::MutexLock lock(&mutex_);
  --on_their_way_;
  last_ = std::max(last_, at);
  return committed;
}

CommitsToAwait AwaitedCommits::ToAwait() const {
  // In this order: another one up to here is either still on its way afterwards, or known.
  const storage::Sequence last = LastSequence();
  absl::MutexLock lock(&mutex_);
  if (on_their_way_ > 0) return {last, last};
  return {std::max(last, last_), last_};
}

void AwaitedCommits::Await(storage::Sequence after, absl::Time deadline) const {
  const auto is_there = [this, after]()
                            ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return last_ > after; };
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithDeadline(absl::Condition(&is_there), deadline);
}

}  // namespace passend::service
