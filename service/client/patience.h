// Asking again where the server says that it may help.
#ifndef PASSEND_SERVICE_CLIENT_PATIENCE_H_
#define PASSEND_SERVICE_CLIENT_PATIENCE_H_

#include <algorithm>
#include <functional>

#include "service/client/problem.h"

namespace passend::client {

inline constexpr int kPatientTriesMax = 5;
inline constexpr double kPatientSecondsMax = 10;

// Asks, and up to four times more where the server is busy or cannot store now, after the time that
// it names. `wait_seconds` waits, and false stops. `ask` gives an absl::StatusOr.
template <typename Ask>
auto AskPatiently(const std::function<bool(double)>& wait_seconds, const Ask& ask) {
  for (int tries = 1;; ++tries) {
    auto response = ask();
    if (response.ok() || tries == kPatientTriesMax) return response;
    const Problem problem = ProblemFrom(response.status());
    if (!problem.retry_after_seconds.has_value()) return response;
    if (!wait_seconds(std::min(*problem.retry_after_seconds, kPatientSecondsMax))) return response;
  }
}

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_PATIENCE_H_
