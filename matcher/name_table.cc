#include "matcher/name_table.h"

#include <algorithm>
#include <string>
#include <utility>

namespace passend::matcher {
namespace {

constexpr int kTagBits = 32 - kBlockNumberBits - kRowBits;
constexpr uint32_t kTagMask = (1u << kTagBits) - 1;
constexpr size_t kSlotsLeast = 16;

}  // namespace

NameTable::Slot NameTable::Pack(BlockRow at, uint64_t hash) {
  return at.block << (kRowBits + kTagBits) | at.row << kTagBits |
         (static_cast<uint32_t>(hash) & kTagMask);
}

BlockRow NameTable::Unpack(Slot slot) {
  return {slot >> (kRowBits + kTagBits), slot >> kTagBits & ((1u << kRowBits) - 1)};
}

size_t NameTable::FirstPlace(uint64_t hash) const {
  // The high bits choose the place, the low ones are the tag.
  __extension__ using Wide = unsigned __int128;
  return static_cast<size_t>(static_cast<Wide>(hash) * slots_.size() >> 64);
}

std::optional<BlockRow> NameTable::Find(std::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  const uint64_t hash = HashOf(name);
  for (size_t place = FirstPlace(hash); slots_[place] != kFree; place = Next(place)) {
    const Slot slot = slots_[place];
    if (slot == kRemoved || ((slot ^ hash) & kTagMask) != 0) continue;
    if (is_named_(Unpack(slot), name)) return Unpack(slot);
  }
  return std::nullopt;
}

void NameTable::Reserve(size_t names) {
  const size_t slots = names * 5 / 4 + kSlotsLeast;
  if (slots > slots_.size()) GrowTo(slots);
}

void NameTable::AddHashed(uint64_t hash, BlockRow at) {
  // Five of six full, at most: a name that is not there is looked for in some eighteen places, all
  // in two cache lines. Half as many again as there are names, then: nothing more where only
  // removed ones were in the way.
  if ((used_ + 1) * 6 > slots_.size() * 5) GrowTo(std::max(kSlotsLeast, size_ * 3 / 2));
  size_t place = FirstPlace(hash);
  while (slots_[place] != kFree && slots_[place] != kRemoved) place = Next(place);
  used_ += slots_[place] == kFree;
  slots_[place] = Pack(at, hash);
  ++size_;
}

size_t NameTable::PlaceOf(std::string_view name, BlockRow at) const {
  const uint64_t hash = HashOf(name);
  const Slot slot = Pack(at, hash);
  size_t place = FirstPlace(hash);
  while (slots_[place] != slot) place = Next(place);
  return place;
}

void NameTable::Move(std::string_view name, BlockRow at, BlockRow to) {
  slots_[PlaceOf(name, at)] = Pack(to, HashOf(name));
}

void NameTable::Remove(std::string_view name, BlockRow at) {
  slots_[PlaceOf(name, at)] = kRemoved;
  --size_;
}

void NameTable::GrowTo(size_t slots) {
  const Column<Slot> old = std::exchange(slots_, Column<Slot>(slots, kFree));
  used_ = size_;
  for (const Slot slot : old) {
    if (slot == kFree || slot == kRemoved) continue;
    const uint64_t hash = HashOf(name_of_(Unpack(slot)));
    size_t place = FirstPlace(hash);
    while (slots_[place] != kFree) place = Next(place);
    slots_[place] = slot;
  }
}

}  // namespace passend::matcher
