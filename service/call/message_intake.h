// Whose messages are being received, and who gives way where that are too many.
#ifndef PASSEND_SERVICE_CALL_MESSAGE_INTAKE_H_
#define PASSEND_SERVICE_CALL_MESSAGE_INTAKE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace passend::service {

// What has come of a message is held until all of it is there, and a caller may let that take for
// ever. A newcomer always has a place: where there is none, the oldest of the sharer who has most
// gives way. Who sends one message at a time loses it to nobody who holds several, and places that
// are held for nothing keep nobody out.
//
// Thread safety: all methods may be called from any thread.
class MessageIntake {
 public:
  using Ticket = uint64_t;

  explicit MessageIntake(size_t places_max) : places_max_(places_max) {}

  // `gives_way` is called at most once, from any thread, and then Leave says false.
  Ticket Enter(const std::string& sharer, std::function<void()> gives_way);

  // Gives the place back; false where it was taken away. Once for each ticket.
  bool Leave(Ticket ticket);

 private:
  struct Place {
    std::string sharer;
    std::function<void()> gives_way;
  };
  using Places = std::map<Ticket, Place>;  // the oldest first

  std::function<void()> Remove(Places::iterator place) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Places::iterator WhoGivesWay() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t places_max_;
  absl::Mutex mutex_;
  Ticket next_ ABSL_GUARDED_BY(mutex_) = 0;
  Places places_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, size_t> held_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_MESSAGE_INTAKE_H_
