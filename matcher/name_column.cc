#include "matcher/name_column.h"

#include <algorithm>
#include <array>
#include <bit>

#include "matcher/bit_stream.h"

namespace passend::matcher {
namespace {

std::string CommonPrefix(std::span<const Person* const> rows) {
  std::string_view prefix = rows.front()->name;
  for (const Person* person : rows) {
    const auto differs =
        std::mismatch(prefix.begin(), prefix.end(), person->name.begin(), person->name.end());
    prefix = prefix.substr(0, static_cast<size_t>(differs.first - prefix.begin()));
  }
  return std::string(prefix);
}

}  // namespace

NameColumn::NameColumn(std::span<const Person* const> rows) : prefix_(CommonPrefix(rows)) {
  std::array<int, 256> codes{};
  codes.fill(-1);
  length_ = rows.front()->name.size() - prefix_.size();
  bool same_length = true;
  for (const Person* person : rows) {
    const std::string_view rest = std::string_view(person->name).substr(prefix_.size());
    same_length &= rest.size() == length_;
    for (char letter : rest) codes[static_cast<unsigned char>(letter)] = 0;
  }
  for (size_t byte = 0; byte < codes.size(); ++byte) {
    if (codes[byte] < 0) continue;
    codes[byte] = static_cast<int>(letters_.size());
    letters_ += static_cast<char>(byte);
  }
  letter_bits_ = letters_.empty() ? 0 : std::bit_width(letters_.size() - 1);
  if (same_length) stride_bytes_ = (length_ * static_cast<size_t>(letter_bits_) + 7) / 8;
  for (const Person* person : rows) {
    const std::string_view rest = std::string_view(person->name).substr(prefix_.size());
    const size_t start = bytes_.size();
    if (!same_length) starts_.push_back(static_cast<uint32_t>(start));
    BitWriter writer(bytes_);
    if (!same_length) writer.Write(rest.size(), 8);
    for (char letter : rest) {
      writer.Write(static_cast<uint64_t>(codes[static_cast<unsigned char>(letter)]), letter_bits_);
    }
  }
  bytes_.resize(bytes_.size() + kBitReaderSlack);
  bytes_.shrink_to_fit();
}

std::string NameColumn::Get(size_t row) const {
  BitReader reader(bytes_.data() + (starts_.empty() ? row * stride_bytes_ : starts_[row]));
  const size_t length = starts_.empty() ? length_ : reader.Read(8);
  std::string name;
  name.reserve(prefix_.size() + length);
  name = prefix_;
  // As many letters at a time as one reading of 32 bits holds.
  const size_t together = letter_bits_ == 0 ? length : 32 / static_cast<size_t>(letter_bits_);
  for (size_t left = length; left > 0;) {
    const size_t now = std::min(left, together);
    uint32_t codes = reader.Read(static_cast<int>(now) * letter_bits_);
    for (size_t letter = 0; letter < now; ++letter) {
      name += letters_[codes & ((1u << letter_bits_) - 1)];
      codes >>= letter_bits_;
    }
    left -= now;
  }
  return name;
}

bool NameColumn::Equals(size_t row, std::string_view name) const { return Get(row) == name; }

}  // namespace passend::matcher
