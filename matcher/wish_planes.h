// What the rows of a block want, avoid and never want, sliced into bits for each feature.
#ifndef PASSEND_MATCHER_WISH_PLANES_H_
#define PASSEND_MATCHER_WISH_PLANES_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/bit_planes.h"
#include "matcher/column.h"
#include "matcher/person.h"

namespace passend::matcher {

// Immutable. Takes three bits a row for each feature that anybody in the block has a wish about:
// the two of its strength and one that says that it is avoided. Strength 0: nothing, or, where
// avoided, never.
class WishPlanes {
 public:
  // Where the words of each bit stand, from At(word) on; those of a group stand together.
  static constexpr size_t kStrengthLow = 0;
  static constexpr size_t kStrengthHigh = kGroupWords;
  static constexpr size_t kAvoids = 2 * kGroupWords;
  static constexpr size_t At(size_t word) {
    return word / kGroupWords * kPlaneWords + word % kGroupWords;
  }

  WishPlanes() = default;
  // Each of them with disjoint sets.
  explicit WishPlanes(std::span<const Wishes* const> rows);

  // The words of one feature; nullptr where nobody has a wish about it.
  const uint64_t* Find(int feature) const {
    return places_[static_cast<size_t>(feature)] < 0
               ? nullptr
               : words_.data() + StartOf(places_[static_cast<size_t>(feature)]);
  }

  // Sums of strengths: of all wishes, and of those to avoid something. 64 of them from the first
  // row of a word.
  const uint8_t* SumsOfAll(size_t word) const { return all_.data() + word * kWordRows; }
  const uint8_t* SumsOfAvoids(size_t word) const { return avoids_.data() + word * kWordRows; }

  size_t bytes() const { return words_.size() * sizeof(uint64_t) + all_.size() + avoids_.size(); }

  // Sets wants, avoids and never of `wishes`.
  void Read(size_t row, Wishes& wishes) const;

 private:
  static constexpr size_t kPlaneWords = 3 * kGroupWords;
  size_t StartOf(int place) const { return static_cast<size_t>(place) * words_per_row_bit_ * 3; }

  size_t words_per_row_bit_ = 0;
  std::array<int8_t, 64> places_ = Nowhere();
  Column<uint64_t> words_;
  std::vector<uint8_t> all_;  // rounded up to whole words
  std::vector<uint8_t> avoids_;

  static constexpr std::array<int8_t, 64> Nowhere() {
    std::array<int8_t, 64> places{};
    places.fill(-1);
    return places;
  }
};

// True where the sets are disjoint, as they have to be.
bool AreDisjoint(const Wishes& wishes);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_WISH_PLANES_H_
