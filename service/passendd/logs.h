// Where log lines go: JSON lines to standard error, written by a thread of their own.
#ifndef PASSEND_SERVICE_PASSENDD_LOGS_H_
#define PASSEND_SERVICE_PASSENDD_LOGS_H_

#include <memory>
#include <string>
#include <string_view>

#include "service/call/call_log.h"

namespace passend::service {

// Sets up logging for the process; once. `level` is one of Settings::log_level. When lines come
// faster than they are written, the oldest are dropped: a slow terminal must not slow answers.
std::unique_ptr<CallLog> StartLogs(const std::string& level);

// One line about the server itself, such as how far the index is built: {"time", "event"}. Its
// level is what `event` begins with (service/event_level.h). As for calls, nothing personal may be
// in it.
void LogEvent(absl::Time time, std::string_view event);

// Writes what is left. Nothing may be logged after it.
void EndLogs();

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_LOGS_H_
