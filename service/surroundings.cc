#include "service/surroundings.h"

#include <sodium.h>

#include "absl/time/clock.h"

namespace passend::service {

Surroundings SystemSurroundings() {
  return {absl::Now, [](size_t count) {
            std::string bytes(count, '\0');
            randombytes_buf(bytes.data(), bytes.size());
            return bytes;
          }};
}

}  // namespace passend::service
