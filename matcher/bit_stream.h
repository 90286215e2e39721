// Numbers of any width, one after another, in bytes.
#ifndef PASSEND_MATCHER_BIT_STREAM_H_
#define PASSEND_MATCHER_BIT_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace passend::matcher {

// Appends to a vector that outlives it, beginning at a new byte.
class BitWriter {
 public:
  explicit BitWriter(std::vector<uint8_t>& bytes) : bytes_(bytes) {}

  // The lowest `width` (0 to 32) bits of `value`.
  void Write(uint64_t value, int width) {
    for (int bit = 0; bit < width; ++bit) {
      if (used_ == 0) bytes_.push_back(0);
      bytes_.back() |= static_cast<uint8_t>((value >> bit & 1) << used_);
      used_ = (used_ + 1) % 8;
    }
  }

  // A number of which small ones are likely: groups of `width` bits, each with a bit that says
  // whether another follows.
  void WriteGroups(uint64_t value, int width) {
    do {
      Write(value, width);
      value >>= width;
      Write(value != 0, 1);
    } while (value != 0);
  }

  // Rice code: `value >> width` in unary, then the lowest `width` bits.
  void WriteRice(uint32_t value, int width) {
    for (uint32_t ones = value >> width; ones > 0; --ones) Write(1, 1);
    Write(0, 1);
    Write(value, width);
  }

 private:
  std::vector<uint8_t>& bytes_;
  int used_ = 0;
};

// Reads what a BitWriter wrote, in the same order and widths. The bytes must outlive it; eight
// bytes past the last that was written must be readable.
class BitReader {
 public:
  explicit BitReader(const uint8_t* bytes) : bytes_(bytes) {}

  uint32_t Read(int width) {
    uint64_t window = 0;
    for (int byte = 0; byte < 5; ++byte) {
      window |= uint64_t{bytes_[position_ / 8 + static_cast<size_t>(byte)]} << 8 * byte;
    }
    window >>= position_ % 8;
    position_ += static_cast<size_t>(width);
    return static_cast<uint32_t>(window & ((uint64_t{1} << width) - 1));
  }

  uint64_t ReadGroups(int width) {
    uint64_t value = 0;
    for (int shift = 0;; shift += width) {
      value |= uint64_t{Read(width)} << shift;
      if (Read(1) == 0) return value;
    }
  }

  uint32_t ReadRice(int width) {
    uint32_t high = 0;
    while (Read(1) != 0) ++high;
    return high << width | Read(width);
  }

 private:
  const uint8_t* bytes_;
  size_t position_ = 0;
};

inline constexpr size_t kBitReaderSlack = 8;

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_BIT_STREAM_H_
