// Whose answers are on their way out, and who gives way where those that nobody reads are too much.
#ifndef PASSEND_SERVICE_CALL_UNREAD_ANSWERS_H_
#define PASSEND_SERVICE_CALL_UNREAD_ANSWERS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace passend::service {

// Of all callers together: 64 of the largest answers, or 13,000 small ones.
inline constexpr size_t kUnreadBytesMax = size_t{256} << 20;
// What a call holds beside its answer until that is read.
inline constexpr size_t kUnreadCallBytes = size_t{20} << 10;
// The largest answer takes so long on a line of 300 kbit/s.
inline constexpr absl::Duration kReadWithin = absl::Minutes(2);

// An answer is held until its caller has read it, and a caller may let that take for ever. A
// newcomer always has room: where there would be more than there may be, the oldest answers of the
// sharer who has most, in bytes, are cut off. What has not been read in time is cut off as well.
//
// Thread safety: all methods may be called from any thread.
class UnreadAnswers {
 public:
  using Ticket = uint64_t;

  // `now` is called from any thread.
  UnreadAnswers(size_t bytes_max, absl::Duration read_within, std::function<absl::Time()> now)
      : bytes_max_(bytes_max), read_within_(read_within), now_(std::move(now)) {}

  // Before an answer of `bytes` is sent. `cut_off` is called at most once, from any thread, and not
  // once Leave has returned: it ends the call, and must not call this.
  Ticket Enter(const std::string& sharer, size_t bytes, std::function<void()> cut_off);

  // Once it is read, or the call has ended otherwise. Once for each ticket.
  void Leave(Ticket ticket);

  // Cuts off what should have been read by now. To be called now and then.
  void EndOverdue();

  // Now, with kUnreadCallBytes for each; without those that were cut off.
  size_t bytes() const;
  // Since the start.
  uint64_t cut_off() const;

 private:
  struct Answer {
    std::string sharer;
    size_t bytes;
    std::function<void()> cut_off;
    absl::Time since;
  };
  struct Held {
    size_t bytes = 0;
    std::set<Ticket> tickets;
  };
  using Answers = std::map<Ticket, Answer>;  // the oldest first

  Ticket OldestOfWhoHasMost() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CutOff(Answers::iterator answer) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Remove(Answers::iterator answer) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t bytes_max_;
  const absl::Duration read_within_;
  const std::function<absl::Time()> now_;
  mutable absl::Mutex mutex_;
  Ticket next_ ABSL_GUARDED_BY(mutex_) = 0;
  Answers answers_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, Held> held_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t cut_off_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_UNREAD_ANSWERS_H_
