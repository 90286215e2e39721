// How long things take is measured by a clock that nobody sets.
#ifndef PASSEND_SERVICE_STEADY_NOW_H_
#define PASSEND_SERVICE_STEADY_NOW_H_

#include <chrono>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace passend::service {

// Says nothing but how much later it is than another one of the same process.
inline absl::Time SteadyNow() {
  return absl::UnixEpoch() + absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_STEADY_NOW_H_
