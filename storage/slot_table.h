// Finds a name's slot: an open-addressed table of slot numbers, eight bytes each, that compares
// names where they are. 16 million people fit in 256 MiB of it, without an allocation each.
//
// Thread safety: as std containers.
#ifndef PASSEND_STORAGE_SLOT_TABLE_H_
#define PASSEND_STORAGE_SLOT_TABLE_H_

#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "storage/person_key_codec.h"

namespace passend::storage {

class SlotTable {
 public:
  // Room for so many without growing.
  void Reserve(size_t names) {
    size_t places = kPlacesMin;
    while (places < 2 * names) places *= 2;
    if (places > places_.size()) Rehash(places);
  }

  // A slot that has this name; `name_of` gives the name in a slot.
  template <typename NameOf>
  std::optional<uint32_t> Find(const PersonName& name, const NameOf& name_of) const {
    if (places_.empty()) return std::nullopt;
    const uint64_t hash = HashOf(name);
    for (size_t at = hash & mask(); places_[at] != 0; at = (at + 1) & mask()) {
      if (places_[at] >> 32 != hash >> 32) continue;
      const auto slot = static_cast<uint32_t>(places_[at] - 1);
      if (name_of(slot) == name) return slot;
    }
    return std::nullopt;
  }

  // A name that is not there yet, with its slot, which is below 2^32 - 1.
  void Insert(const PersonName& name, uint32_t slot) {
    Reserve(count_ + 1);
    Place((HashOf(name) >> 32 << 32) | (uint64_t{slot} + 1), HashOf(name));
    ++count_;
  }

 private:
  static constexpr size_t kPlacesMin = 1'024;

  // Names are hashes. The upper half is kept in the place; the lower says where to begin, together
  // with it, so that a place alone tells where it belongs when the table grows.
  static uint64_t HashOf(const PersonName& name) {
    uint32_t upper;
    std::memcpy(&upper, name.data(), sizeof(upper));
    return uint64_t{upper} << 32 | upper;
  }
  size_t mask() const { return places_.size() - 1; }

  void Place(uint64_t value, uint64_t hash) {
    size_t at = hash & mask();
    while (places_[at] != 0) at = (at + 1) & mask();
    places_[at] = value;
  }

  void Rehash(size_t places) {
    std::vector<uint64_t> old(places, 0);
    old.swap(places_);
    for (const uint64_t value : old) {
      if (value != 0) Place(value, value >> 32);
    }
  }

  std::vector<uint64_t> places_;  // 0: nobody; else the hash's upper half, and the slot plus one
  size_t count_ = 0;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_SLOT_TABLE_H_
