// Which of the newest commits are about people: read once for all feeds.
#ifndef PASSEND_SERVICE_FEED_PEOPLE_COMMITS_H_
#define PASSEND_SERVICE_FEED_PEOPLE_COMMITS_H_

#include <cstddef>
#include <deque>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "storage/store.h"

namespace passend::service {

// Most commits tell feeds nothing: each question about people writes down who looked, and so does
// each answer of a feed. If each of n feeds read past the lines of all the others, one change would
// cost n * n entries of the journal.
//
// Thread safety: all methods may be called from any thread.
class PeopleCommits {
 public:
  // Remembers a stretch of the journal with so many commits about people, and so many in all.
  static constexpr size_t kRememberedMax = 100'000;
  static constexpr storage::Sequence kStretchMax = 4'000'000;

  // `store` must outlive it.
  explicit PeopleCommits(const storage::Store& store) : store_(store) {}

  // A commit up to which, after `after`, none is about people; none after `through`. `after` itself
  // where that is not known: also where `after` is from before the stretch, or the journal cannot
  // be read.
  storage::Sequence QuietUntil(storage::Sequence after, storage::Sequence through);

 private:
  // A new stretch, of which nothing is known yet.
  void BeginAt(storage::Sequence after) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Reads on up to `through`. False where the journal cannot be read.
  bool ReadUntil(storage::Sequence through) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const storage::Store& store_;
  absl::Mutex mutex_;
  // Of the commits after the one, up to the other, these are about people.
  storage::Sequence after_ ABSL_GUARDED_BY(mutex_) = 0;
  storage::Sequence through_ ABSL_GUARDED_BY(mutex_) = 0;
  std::deque<storage::Sequence> about_people_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_PEOPLE_COMMITS_H_
