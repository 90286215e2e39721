#include "matcher/name_column.h"

#include <algorithm>
#include <array>
#include <bit>

#include "matcher/bit_stream.h"

namespace passend::matcher {
namespace {

std::string_view CommonPrefix(std::span<const std::string_view> names) {
  std::string_view prefix = names.front();
  for (std::string_view name : names) {
    if (name.starts_with(prefix)) continue;
    const auto differs = std::mismatch(prefix.begin(), prefix.end(), name.begin(), name.end());
    prefix = prefix.substr(0, static_cast<size_t>(differs.first - prefix.begin()));
  }
  return prefix;
}

}  // namespace

NameColumn::NameColumn(std::span<const std::string_view> names) : prefix_(CommonPrefix(names)) {
  std::array<bool, 256> used{};
  length_ = names.front().size() - prefix_.size();
  bool same_length = true;
  for (std::string_view name : names) {
    const std::string_view rest = name.substr(prefix_.size());
    same_length &= rest.size() == length_;
    for (char letter : rest) used[static_cast<unsigned char>(letter)] = true;
  }
  std::array<uint8_t, 256> codes{};
  for (size_t byte = 0; byte < used.size(); ++byte) {
    if (!used[byte]) continue;
    codes[byte] = static_cast<uint8_t>(letters_.size());
    letters_ += static_cast<char>(byte);
  }
  letter_bits_ = letters_.empty() ? 0 : std::bit_width(letters_.size() - 1);
  if (same_length) stride_bytes_ = (length_ * static_cast<size_t>(letter_bits_) + 7) / 8;
  std::vector<uint8_t> bytes;
  bytes.reserve(stride_bytes_ * names.size() + kBitReaderSlack);
  for (std::string_view name : names) {
    const std::string_view rest = name.substr(prefix_.size());
    if (!same_length) starts_.push_back(static_cast<uint32_t>(bytes.size()));
    BitWriter writer(bytes);
    if (!same_length) writer.Write(rest.size(), 8);
    for (char letter : rest) writer.Write(codes[static_cast<unsigned char>(letter)], letter_bits_);
  }
  bytes.resize(bytes.size() + kBitReaderSlack);
  bytes_.assign(bytes.begin(), bytes.end());
}

std::string NameColumn::Get(size_t row) const {
  BitReader reader(bytes_.data() + (starts_.empty() ? row * stride_bytes_ : starts_[row]));
  const size_t length = starts_.empty() ? length_ : reader.Read(8);
  std::string name(prefix_.size() + length, '\0');
  char* at = std::copy(prefix_.begin(), prefix_.end(), name.data());
  // As many letters at a time as one reading of 32 bits holds.
  const size_t together = letter_bits_ == 0 ? length : 32 / static_cast<size_t>(letter_bits_);
  for (size_t left = length; left > 0;) {
    const size_t now = std::min(left, together);
    uint32_t codes = reader.Read(static_cast<int>(now) * letter_bits_);
    for (size_t letter = 0; letter < now; ++letter) {
      *at++ = letters_[codes & ((1u << letter_bits_) - 1)];
      codes >>= letter_bits_;
    }
    left -= now;
  }
  return name;
}

bool NameColumn::Equals(size_t row, std::string_view name) const { return Get(row) == name; }

}  // namespace passend::matcher
