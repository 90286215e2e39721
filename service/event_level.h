// How much a line about the server itself matters. Lines come from everywhere as plain text, and
// one that is more than progress says so at its beginning:
//
//     "WARNING: exposures: not written: ..."   it is tried again, or goes on with what was before
//     "ERROR: backup: failed: ..."             something failed, or has stopped for good
#ifndef PASSEND_SERVICE_EVENT_LEVEL_H_
#define PASSEND_SERVICE_EVENT_LEVEL_H_

#include <string_view>

namespace passend::service {

enum class EventLevel { kInfo, kWarning, kError };

constexpr EventLevel EventLevelOf(std::string_view line) {
  if (line.starts_with("ERROR: ")) return EventLevel::kError;
  return line.starts_with("WARNING: ") ? EventLevel::kWarning : EventLevel::kInfo;
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVENT_LEVEL_H_
