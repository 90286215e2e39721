// What a program cannot compute by itself: the time and randomness. Given in, so that tests can
// move time and know every id.
#ifndef PASSEND_SERVICE_SURROUNDINGS_H_
#define PASSEND_SERVICE_SURROUNDINGS_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/time/time.h"
#include "service/steady_now.h"

namespace passend::service {

// All may be called from any thread.
struct Surroundings {
  std::function<absl::Time()> now;
  // So many random bytes, fit for keys.
  std::function<std::string(size_t count)> random_bytes;
  // By which waiting and deadlines go.
  std::function<absl::Time()> steady_now = SteadyNow;
};

// The system's clocks, and libsodium's generator.
Surroundings SystemSurroundings();

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SURROUNDINGS_H_
