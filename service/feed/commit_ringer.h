// Rings the bell for the feeds when a commit changes somebody. One thread waits for all of them.
#ifndef PASSEND_SERVICE_FEED_COMMIT_RINGER_H_
#define PASSEND_SERVICE_FEED_COMMIT_RINGER_H_

#include <thread>

#include "absl/time/time.h"
#include "service/call/feed_bell.h"
#include "service/ending_signal.h"
#include "storage/store.h"

namespace passend::service {

// Commits that come together are rung once, every kRingInterval at most: a hundred readers are
// woken twenty times a second, however much is written. What is only about answers, tasks or
// vocabularies rings nothing: each answer of a feed makes such a commit.
class CommitRinger {
 public:
  static constexpr absl::Duration kRingInterval = absl::Milliseconds(50);

  // Starts with what comes after the last commit. Both must outlive it.
  CommitRinger(const storage::Store& store, FeedBell& bell);
  ~CommitRinger();
  CommitRinger(const CommitRinger&) = delete;
  CommitRinger& operator=(const CommitRinger&) = delete;

 private:
  void Run();
  bool AnybodyChanged(storage::Sequence after, storage::Sequence through) const;

  const storage::Store& store_;
  FeedBell& bell_;
  EndingSignal ending_;
  std::thread thread_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_COMMIT_RINGER_H_
