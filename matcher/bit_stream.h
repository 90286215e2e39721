// Numbers of any width, one after another, in bytes.
#ifndef PASSEND_MATCHER_BIT_STREAM_H_
#define PASSEND_MATCHER_BIT_STREAM_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace passend::matcher {

// Appends to a vector that outlives it, beginning at a new byte. All of it is there once the writer
// is gone.
class BitWriter {
 public:
  explicit BitWriter(std::vector<uint8_t>& bytes) : bytes_(bytes) {}
  BitWriter(const BitWriter&) = delete;
  BitWriter& operator=(const BitWriter&) = delete;
  ~BitWriter() { Flush((held_bits_ + 7) / 8); }

  // The lowest `width` (0 to 32) bits of `value`.
  void Write(uint64_t value, int width) {
    held_ |= (value & ((uint64_t{1} << width) - 1)) << held_bits_;
    held_bits_ += width;
    if (held_bits_ < 32) return;
    Flush(4);
    held_ >>= 32;
    held_bits_ -= 32;
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
    uint32_t ones = value >> width;
    for (; ones >= 32; ones -= 32) Write(~uint64_t{0}, 32);
    Write((uint64_t{1} << ones) - 1, static_cast<int>(ones) + 1);
    Write(value, width);
  }

 private:
  void Flush(int bytes) {
    for (int byte = 0; byte < bytes; ++byte) {
      bytes_.push_back(static_cast<uint8_t>(held_ >> 8 * byte));
    }
  }

  std::vector<uint8_t>& bytes_;
  uint64_t held_ = 0;  // the bits that are not in bytes_ yet, at most 31 between calls
  int held_bits_ = 0;
};

// Reads what a BitWriter wrote, in the same order and widths. The bytes must outlive it; eight
// bytes past the last that was written must be readable.
class BitReader {
 public:
  explicit BitReader(const uint8_t* bytes) : bytes_(bytes) {}

  uint32_t Read(int width) {
    static_assert(std::endian::native == std::endian::little);
    uint64_t window;
    std::memcpy(&window, bytes_ + position_ / 8, sizeof(window));
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
