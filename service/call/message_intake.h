// Whose messages are being received, and who gives way where that are too many.
#ifndef PASSEND_SERVICE_CALL_MESSAGE_INTAKE_H_
#define PASSEND_SERVICE_CALL_MESSAGE_INTAKE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace passend::service {

// A message that takes longer is a slow one. Nearly all are there with the first packet, or soon.
inline constexpr absl::Duration kReceivedSoon = absl::Milliseconds(500);

// What has come of a message is held until all of it is there, and a caller may let that take for
// ever. A newcomer always has a place: where there are as many as there may be slow ones, the
// oldest slow one of the sharer who has most gives way; where there are as many as there may be at
// all, the oldest of the sharer who has most. Who sends one message at a time loses it to nobody
// who holds several, who sends many at once loses none, and places that are held for nothing keep
// nobody out.
//
// Thread safety: all methods may be called from any thread.
class MessageIntake {
 public:
  using Ticket = uint64_t;

  // `slow_max` <= `places_max`. `now` is called from any thread.
  MessageIntake(size_t slow_max, size_t places_max, std::function<absl::Time()> now)
      : slow_max_(slow_max), places_max_(places_max), now_(std::move(now)) {}

  // `gives_way` is called at most once, from any thread, and then Leave says false.
  Ticket Enter(const std::string& sharer, std::function<void()> gives_way);

  // Gives the place back; false where it was taken away. Once for each ticket.
  bool Leave(Ticket ticket);

 private:
  struct Place {
    std::string sharer;
    std::function<void()> gives_way;
    absl::Time since;
  };
  using Places = std::map<Ticket, Place>;  // the oldest first

  std::function<void()> Remove(Places::iterator place) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Of those before `end`, of which there is one at least.
  Places::iterator WhoGivesWay(Places::iterator end) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Those that have to go where another one comes now.
  std::vector<std::function<void()>> MakeRoom(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t slow_max_;
  const size_t places_max_;
  const std::function<absl::Time()> now_;
  absl::Mutex mutex_;
  Ticket next_ ABSL_GUARDED_BY(mutex_) = 0;
  Places places_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, size_t> held_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_MESSAGE_INTAKE_H_
