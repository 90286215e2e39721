// Randomness of property tests: one seed, printed, and given again by PASSEND_SEED.
#ifndef PASSEND_TESTS_MATCHER_RANDOM_SOURCE_H_
#define PASSEND_TESTS_MATCHER_RANDOM_SOURCE_H_

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace passend::matcher {

// The number in an environment variable, or `otherwise`.
inline uint64_t NumberFrom(const char* variable, uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::stoull(text);
}

class RandomSource {
 public:
  explicit RandomSource(uint64_t seed) : engine_(seed) {}

  // Evenly from [low, high], both included.
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(engine_() % static_cast<uint64_t>(high - low + 1));
  }
  // True in `percent` of 100 cases.
  bool Chance(int percent) { return Between(1, 100) <= percent; }
  uint64_t Bits() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace passend::matcher

#endif  // PASSEND_TESTS_MATCHER_RANDOM_SOURCE_H_
