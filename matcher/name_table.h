// From a name to where somebody is, in some five bytes a name: the names themselves stay where they
// are kept, and are asked for there.
#ifndef PASSEND_MATCHER_NAME_TABLE_H_
#define PASSEND_MATCHER_NAME_TABLE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "matcher/column.h"
#include "matcher/posting.h"

namespace passend::matcher {

// A block by its number, and a row in it.
struct BlockRow {
  uint32_t block;
  uint32_t row;
  friend bool operator==(const BlockRow&, const BlockRow&) = default;
};

inline constexpr int kBlockNumberBits = 14;
inline constexpr uint32_t kBlockNumbersMax = (1u << kBlockNumberBits) - 1;

// Open addressing. Not thread-safe.
class NameTable {
 public:
  // True where the row has that name.
  using IsNamed = std::function<bool(BlockRow, std::string_view)>;
  using NameOf = std::function<std::string(BlockRow)>;

  NameTable(IsNamed is_named, NameOf name_of)
      : is_named_(std::move(is_named)), name_of_(std::move(name_of)) {}

  std::optional<BlockRow> Find(std::string_view name) const;
  static uint64_t HashOf(std::string_view name) { return std::hash<std::string_view>{}(name); }

  // Room for so many names in all.
  void Reserve(size_t names);
  // The name must not be in the table.
  void Add(std::string_view name, BlockRow at) { AddHashed(HashOf(name), at); }
  // The same of a name with this hash.
  void AddHashed(uint64_t hash, BlockRow at);
  // Both need (name, at) to be in the table.
  void Move(std::string_view name, BlockRow at, BlockRow to);
  void Remove(std::string_view name, BlockRow at);

  size_t size() const { return size_; }

 private:
  //   31..18 block   17..4 row   3..0 of the hash, so that few names are asked for in vain
  using Slot = uint32_t;
  static constexpr Slot kFree = ~Slot{0};
  static constexpr Slot kRemoved = kFree - 1;

  static Slot Pack(BlockRow at, uint64_t hash);
  static BlockRow Unpack(Slot slot);
  size_t FirstPlace(uint64_t hash) const;
  size_t Next(size_t place) const { return place + 1 == slots_.size() ? 0 : place + 1; }
  size_t PlaceOf(std::string_view name, BlockRow at) const;
  void GrowTo(size_t slots);

  IsNamed is_named_;
  NameOf name_of_;
  Column<Slot> slots_;
  size_t size_ = 0;
  size_t used_ = 0;  // with removed ones
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_NAME_TABLE_H_
