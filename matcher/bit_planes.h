// A column of whole numbers, sliced into bits: comparing 64 rows with a number takes one operation
// a bit, a vector of words compares hundreds at once, and a row takes no more bits than the largest
// value needs.
#ifndef PASSEND_MATCHER_BIT_PLANES_H_
#define PASSEND_MATCHER_BIT_PLANES_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/column.h"

namespace passend::matcher {

inline constexpr size_t kWordRows = 64;
// Words come in groups of one cache line, so that no vector reaches past the end of a column.
inline constexpr size_t kGroupWords = 8;
inline constexpr size_t kGroupRows = kGroupWords * kWordRows;

// Words for so many rows, in whole groups. Bits past the last row are 0 in every column.
constexpr size_t WordsFor(size_t rows) {
  return (rows + kGroupRows - 1) / kGroupRows * kGroupWords;
}

// Immutable. A word is 64 rows: bit r of word w is row 64 * w + r.
class BitPlanes {
 public:
  BitPlanes() = default;
  explicit BitPlanes(std::span<const uint32_t> values) {
    uint32_t all = 0;
    for (uint32_t value : values) all |= value;
    planes_ = static_cast<size_t>(std::bit_width(all));
    bits_.resize(planes_ * WordsFor(values.size()));
    for (size_t row = 0; row < values.size(); ++row) {
      for (uint32_t left = values[row]; left != 0; left &= left - 1) {
        bits_[At(row / kWordRows, static_cast<size_t>(std::countr_zero(left)))] |=
            uint64_t{1} << row % kWordRows;
      }
    }
  }

  // Bits that the largest value needs.
  size_t planes() const { return planes_; }

  // Bit number `plane` of the rows of `word` and of those after it, to the end of its group.
  const uint64_t* Words(size_t word, size_t plane) const { return bits_.data() + At(word, plane); }

  uint32_t Get(size_t row) const {
    uint32_t value = 0;
    for (size_t plane = 0; plane < planes_; ++plane) {
      value |= static_cast<uint32_t>(*Words(row / kWordRows, plane) >> row % kWordRows & 1)
               << plane;
    }
    return value;
  }

  size_t bytes() const { return bits_.size() * sizeof(uint64_t); }

 private:
  size_t At(size_t word, size_t plane) const {
    return (word / kGroupWords * planes_ + plane) * kGroupWords + word % kGroupWords;
  }

  size_t planes_ = 0;
  Column<uint64_t> bits_;  // all planes of a group together
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_BIT_PLANES_H_
