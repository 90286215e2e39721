// Which commits a question about fits waits for: all but those that hold nothing but lines about
// answers. Every answer that shows people makes one of these, and they change nothing that is
// matched: whoever waited for the index to step over them would wait for nothing.
#ifndef PASSEND_SERVICE_MATCH_AWAITED_COMMITS_H_
#define PASSEND_SERVICE_MATCH_AWAITED_COMMITS_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/forwarding_store.h"

namespace passend::service {

// True where all that the batch writes and tells are looks and decisions. False for a kind that is
// not known here.
bool IsOnlyAboutAnswers(const storage::Batch& batch);

// Where a store is, for whoever asks now.
struct CommitsToAwait {
  // Every commit that was acknowledged, or that LastSequence() had come to, is not above `last`.
  storage::Sequence last = 0;
  // Not above `last`; all that is above it, up to `last`, is only about answers: for matching the
  // store was the same after `awaited`, after `last`, and after each commit in between.
  storage::Sequence awaited = 0;
};

// A store that knows which of its commits are only about answers.
//
// Thread safety: as a Store. Everything that is written must go through it from its construction
// on; what was written before counts as awaited.
class AwaitedCommits : public storage::ForwardingStore {
 public:
  explicit AwaitedCommits(storage::Store& inner)
      : ForwardingStore(inner), last_(inner.LastSequence()) {}

  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override;

  CommitsToAwait ToAwait() const;

  // Waits until an awaited commit above `after` was acknowledged, until `given_up`, or for
  // `at_most`, which may be infinite.
  void Await(
      storage::Sequence after, absl::Duration at_most,
      const std::function<bool()>& given_up = [] { return false; }) const;
  // Who waits asks again whether it has given up.
  void Wake() const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable acknowledged_;
  // Awaited ones that may be in the store already, each with a sequence that nobody knows yet.
  size_t on_their_way_ = 0;  // guarded by mutex_
  storage::Sequence last_;   // guarded by mutex_
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_AWAITED_COMMITS_H_
