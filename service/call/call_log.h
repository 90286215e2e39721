// One line for each call: what happened, never to whom.
#ifndef PASSEND_SERVICE_CALL_CALL_LOG_H_
#define PASSEND_SERVICE_CALL_CALL_LOG_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace spdlog {
class logger;
}

namespace passend::service {

// No request content, no resource name, no error text: those can be personal.
struct CallLine {
  absl::Time time;  // of the end
  std::string method;
  absl::StatusCode code;
  std::string reason;  // empty: none
  absl::Duration took;
  std::string trace;
};

// Thread safety: Write may be called from any thread.
class CallLog {
 public:
  virtual ~CallLog() = default;
  virtual void Write(const CallLine& line) = 0;
};

// `{"time":"2026-11-21T09:30:00.123Z","method":"…","code":"OK","micros":412,"trace":"…"}`, with
// "reason" where there is one.
std::string ToJson(const CallLine& line);

// Writes JSON lines to a logger, whose pattern has to be `%v`, within 50 ms; what is left at its
// destruction. Of more than 8192 lines in that time, the oldest are left out; before the others a
// line says how many, `{"lines_left_out":31}`.
std::unique_ptr<CallLog> NewJsonCallLog(std::shared_ptr<spdlog::logger> logger);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_CALL_LOG_H_
