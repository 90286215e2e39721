// What a program cannot compute by itself: the time and randomness. Given in, so that tests can
// move time and know every id.
#ifndef PASSEND_SERVICE_SURROUNDINGS_H_
#define PASSEND_SERVICE_SURROUNDINGS_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/time/time.h"

namespace passend::service {

// Both may be called from any thread.
struct Surroundings {
  std::function<absl::Time()> now;
  // So many random bytes, fit for keys.
  std::function<std::string(size_t count)> random_bytes;
};

// The system's clock, and libsodium's generator.
Surroundings SystemSurroundings();

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SURROUNDINGS_H_
