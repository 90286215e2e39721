// The names of a block's rows in few bits: what all begin with is kept once, and a letter takes as
// many bits as the letters in use need.
#ifndef PASSEND_MATCHER_NAME_COLUMN_H_
#define PASSEND_MATCHER_NAME_COLUMN_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/column.h"

namespace passend::matcher {

inline constexpr size_t kNameBytesMax = 255;

// Immutable. Gives back every name of at most kNameBytesMax bytes, whatever the bytes.
class NameColumn {
 public:
  NameColumn() = default;
  explicit NameColumn(std::span<const std::string_view> names);

  std::string Get(size_t row) const;
  bool Equals(size_t row, std::string_view name) const;

 private:
  std::string prefix_;
  std::string letters_;
  int letter_bits_ = 0;
  // All names have the same length as a rule; then there are no starts.
  size_t length_ = 0;             // after the prefix
  size_t stride_bytes_ = 0;       // of a name; 0: lengths differ
  std::vector<uint32_t> starts_;  // in bytes_
  Column<uint8_t> bytes_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_NAME_COLUMN_H_
