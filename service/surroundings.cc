#include "service/surroundings.h"

#include <sodium.h>

#include <chrono>

#include "absl/time/time.h"

namespace passend::service {
namespace {

// absl::Now() follows a clock that was set only after seconds. Until then deadlines, which gRPC
// tells by the clock as it is, would seem to have passed.
absl::Time Now() { return absl::FromChrono(std::chrono::system_clock::now()); }

}  // namespace

Surroundings SystemSurroundings() {
  return {Now, [](size_t count) {
            std::string bytes(count, '\0');
            randombytes_buf(bytes.data(), bytes.size());
            return bytes;
          }};
}

}  // namespace passend::service
