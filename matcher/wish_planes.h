// What the rows of a block want, avoid and never want, sliced into bits for each feature.
#ifndef PASSEND_MATCHER_WISH_PLANES_H_
#define PASSEND_MATCHER_WISH_PLANES_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/bit_planes.h"
#include "matcher/person.h"

namespace passend::matcher {

// The three bits of one feature for 64 rows. Strength 0: nothing, or, where avoided, never.
struct FeatureWord {
  uint64_t strength_low = 0;
  uint64_t strength_high = 0;
  uint64_t avoids = 0;

  uint64_t never() const { return avoids & ~strength_low & ~strength_high; }
};

// Immutable. Takes three bits a row for each feature that anybody in the block has a wish about.
class WishPlanes {
 public:
  WishPlanes() = default;
  // Each of them with disjoint sets.
  explicit WishPlanes(std::span<const Wishes* const> rows);

  // The rows' bits of one feature; nullptr where nobody has a wish about it.
  const FeatureWord* Find(int feature) const {
    return places_[feature] < 0 ? nullptr : words_.data() + WordsOf(places_[feature]);
  }

  // Sums of strengths: of all wishes, and of those to avoid something.
  int SumOfAll(size_t row) const { return all_[row]; }
  int SumOfAvoids(size_t row) const { return avoids_[row]; }
  // 64 of them from a row that is a multiple of 64.
  const uint8_t* SumsOfAll(size_t row) const { return all_.data() + row; }
  const uint8_t* SumsOfAvoids(size_t row) const { return avoids_.data() + row; }

  size_t bytes() const {
    return words_.size() * sizeof(FeatureWord) + all_.size() + avoids_.size();
  }

  // Sets wants, avoids and never of `wishes`.
  void Read(size_t row, Wishes& wishes) const;

 private:
  size_t WordsOf(int place) const { return static_cast<size_t>(place) * words_per_feature_; }

  size_t words_per_feature_ = 0;
  std::array<int8_t, 64> places_ = Nowhere();
  std::vector<FeatureWord> words_;
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
