// A column of whole numbers, sliced into bits: comparing 64 rows with a number takes one operation
// a bit, and a row takes no more bits than the largest value needs.
#ifndef PASSEND_MATCHER_BIT_PLANES_H_
#define PASSEND_MATCHER_BIT_PLANES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace passend::matcher {

inline constexpr size_t kWordRows = 64;

constexpr size_t WordsFor(size_t rows) { return (rows + kWordRows - 1) / kWordRows; }

// Immutable. Rows past the end read as 0. A word is 64 rows: bit r of word w is row 64 * w + r.
class BitPlanes {
 public:
  BitPlanes() = default;
  explicit BitPlanes(std::span<const uint32_t> values) {
    uint32_t all = 0;
    for (uint32_t value : values) all |= value;
    planes_ = static_cast<size_t>(std::bit_width(all));
    bits_.resize(planes_ * WordsFor(values.size()));
    for (size_t row = 0; row < values.size(); ++row) {
      uint64_t* word = bits_.data() + row / kWordRows * planes_;
      for (size_t plane = 0; plane < planes_; ++plane) {
        word[plane] |= uint64_t{values[row] >> plane & 1} << row % kWordRows;
      }
    }
  }

  uint32_t Get(size_t row) const {
    const uint64_t* word = bits_.data() + row / kWordRows * planes_;
    uint32_t value = 0;
    for (size_t plane = 0; plane < planes_; ++plane) {
      value |= static_cast<uint32_t>(word[plane] >> row % kWordRows & 1) << plane;
    }
    return value;
  }

  // The rows whose value is at least `least`.
  uint64_t AtLeast(size_t word, uint32_t least) const {
    if (static_cast<size_t>(std::bit_width(least)) > planes_) return 0;
    const uint64_t* planes = bits_.data() + word * planes_;
    uint64_t rows = ~uint64_t{0};
    // From the lowest bit up: a higher bit decides, unless it is equal.
    for (size_t plane = 0; plane < planes_; ++plane) {
      rows = (least >> plane & 1) != 0 ? rows & planes[plane] : rows | planes[plane];
    }
    return rows;
  }

  // The rows whose bit number `bit` is set.
  uint64_t WithBit(size_t word, size_t bit) const {
    return bit < planes_ ? bits_[word * planes_ + bit] : 0;
  }

  // The rows whose value is not 0.
  uint64_t NotZero(size_t word) const {
    uint64_t rows = 0;
    for (size_t plane = 0; plane < planes_; ++plane) rows |= bits_[word * planes_ + plane];
    return rows;
  }

  size_t bytes() const { return bits_.size() * sizeof(uint64_t); }

 private:
  size_t planes_ = 0;
  std::vector<uint64_t> bits_;  // all planes of a word together
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_BIT_PLANES_H_
