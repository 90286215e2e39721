// A fuzzer's bytes as choices, the first byte first. Where they have run out, every choice is its
// least, so that few bytes are a short input.
#ifndef PASSEND_TESTS_FUZZ_CHOICES_H_
#define PASSEND_TESTS_FUZZ_CHOICES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace passend::fuzz {

class Choices {
 public:
  Choices(const uint8_t* data, size_t size) : left_(reinterpret_cast<const char*>(data), size) {}

  bool any_left() const { return !left_.empty(); }

  // From `least` to `most`, both included. Takes as many bytes as the difference has.
  template <typename Number>
  Number Between(Number least, Number most) {
    const uint64_t steps = static_cast<uint64_t>(most) - static_cast<uint64_t>(least);
    uint64_t chosen = 0;
    for (uint64_t rest = steps; rest > 0 && any_left(); rest >>= 8) {
      chosen = chosen << 8 | static_cast<uint8_t>(left_.front());
      left_.remove_prefix(1);
    }
    if (steps != std::numeric_limits<uint64_t>::max()) chosen %= steps + 1;
    return static_cast<Number>(static_cast<uint64_t>(least) + chosen);
  }
  template <typename Number>
  Number Any() {
    return Between(std::numeric_limits<Number>::min(), std::numeric_limits<Number>::max());
  }
  bool Either() { return Between(0, 1) == 1; }
  template <typename Value, size_t count>
  const Value& OneOf(const std::array<Value, count>& values) {
    return values[Between<size_t>(0, count - 1)];
  }
  // Any bytes.
  std::string Text(size_t size_max) {
    const auto size = Between<size_t>(0, size_max);
    const std::string text(left_.substr(0, size));
    left_.remove_prefix(text.size());
    return text;
  }

 private:
  std::string_view left_;
};

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_CHOICES_H_
