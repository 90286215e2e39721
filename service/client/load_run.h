// Loading a folder, several calls at a time.
#ifndef PASSEND_SERVICE_CLIENT_LOAD_RUN_H_
#define PASSEND_SERVICE_CLIENT_LOAD_RUN_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "service/client/connection.h"
#include "service/client/load_source.h"
#include "service/client/words.h"

namespace passend::client {

// Calls in flight at once: enough to share the server's commits, few enough to be polite.
inline constexpr int kLoadCallsInFlight = 8;

// What a load came to.
struct LoadOutcome {
  int tasks = 0;
  int people = 0;
  int validations = 0;
  std::vector<LoadRefusal> refusals;                        // by path and line
  std::vector<std::pair<std::string, std::string>> labels;  // passport, label
  // Not OK: the server could not be reached, and the rest was not asked.
  absl::Status stopped;
};

// Sends all records, several at a time. What is refused is noted and the rest goes on. Where the
// server is busy or cannot store now, the record is asked again, up to five times, after the time
// that the server names; `wait_seconds` waits, and false stops. `reach` is told the bytes read,
// from any thread.
LoadOutcome RunLoad(Connection& connection, LoadSource& source, Language language,
                    const std::function<bool(double)>& wait_seconds,
                    const std::function<void(std::int64_t)>& reach);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_LOAD_RUN_H_
