// When to try a broken stream again.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_RECONNECT_H_
#define PASSEND_SERVICE_CLIENT_SYNC_RECONNECT_H_

#include <functional>

#include "absl/status/status.h"

namespace passend::client {

// What a stream needs of the surroundings to go on by itself.
struct Endurance {
  std::function<bool(double)> wait_seconds;  // waits; false: the user wants to stop
  std::function<bool()> stop_asked;          // may be empty
  double silent_seconds_max = 30;            // nothing came for so long: cut, and tried again
};

// Whether it may help to try again: the line broke, the server is not there or names a time. Not
// for what it refuses.
bool MayHelpToTryAgain(const absl::Status& status);

// Whether the same command may go on later where it stopped so: the user stopped it, the line
// broke, the server or the disk here had no room. Not where something has to be mended first: what
// the server refuses, what is wrong with a file.
bool MayBeGoneOnWith(const absl::Status& status);

// Runs `stream` until it ends well, is refused, or has been cut so often without anything coming:
// twelve times. Waits in between: half a second, then twice as long each time, at most 15, or what
// the server names. That is about two minutes, and `silent_seconds_max` more for each time that the
// line does not break but stays silent: by default eight minutes in all. `stream` gives its status,
// and calls what it is given whenever something came. CANCELLED once the user wants to stop, and
// only then; UNAVAILABLE where the line stayed silent.
absl::Status RunThroughBreaks(
    const Endurance& endurance,
    const std::function<absl::Status(const std::function<void()>& came)>& stream);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_RECONNECT_H_
