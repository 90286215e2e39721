#include "matcher/wish_planes.h"

namespace passend::matcher {
namespace {

FeatureSet FeaturesOf(const Wishes& wishes) {
  FeatureSet all = wishes.never;
  for (FeatureSet set : wishes.wants) all |= set;
  for (FeatureSet set : wishes.avoids) all |= set;
  return all;
}

}  // namespace

bool AreDisjoint(const Wishes& wishes) {
  int bits = std::popcount(wishes.never);
  for (FeatureSet set : wishes.wants) bits += std::popcount(set);
  for (FeatureSet set : wishes.avoids) bits += std::popcount(set);
  return bits == std::popcount(FeaturesOf(wishes));
}

WishPlanes::WishPlanes(std::span<const Wishes* const> rows)
    : words_per_row_bit_(WordsFor(rows.size())),
      all_(words_per_row_bit_ * kWordRows),
      avoids_(words_per_row_bit_ * kWordRows) {
  FeatureSet used = 0;
  for (const Wishes* wishes : rows) used |= FeaturesOf(*wishes);
  int8_t count = 0;
  for (size_t feature = 0; feature < 64; ++feature) {
    if ((used >> feature & 1) != 0) places_[feature] = count++;
  }
  words_.resize(StartOf(count));
  for (size_t row = 0; row < rows.size(); ++row) {
    const uint64_t bit = uint64_t{1} << row % kWordRows;
    const auto words_of = [&](FeatureSet set) {
      return words_.data() + StartOf(places_[static_cast<size_t>(std::countr_zero(set))]) +
             At(row / kWordRows);
    };
    for (int strength = 1; strength <= kStrengths; ++strength) {
      const auto add = [&](FeatureSet set, bool avoided) {
        for (; set != 0; set &= set - 1) {
          uint64_t* words = words_of(set);
          if ((strength & 1) != 0) words[kStrengthLow] |= bit;
          if ((strength & 2) != 0) words[kStrengthHigh] |= bit;
          if (avoided) words[kAvoids] |= bit;
          all_[row] = static_cast<uint8_t>(all_[row] + strength);
          if (avoided) avoids_[row] = static_cast<uint8_t>(avoids_[row] + strength);
        }
      };
      add(rows[row]->wants[strength - 1], false);
      add(rows[row]->avoids[strength - 1], true);
    }
    for (FeatureSet set = rows[row]->never; set != 0; set &= set - 1) {
      words_of(set)[kAvoids] |= bit;
    }
  }
}

void WishPlanes::Read(size_t row, Wishes& wishes) const {
  for (size_t feature = 0; feature < 64; ++feature) {
    if (places_[feature] < 0) continue;
    const uint64_t* words = words_.data() + StartOf(places_[feature]) + At(row / kWordRows);
    const auto bit_of = [&](size_t plane) { return words[plane] >> row % kWordRows & 1; };
    const uint64_t strength = bit_of(kStrengthLow) + 2 * bit_of(kStrengthHigh);
    const FeatureSet bit = FeatureSet{1} << feature;
    if (bit_of(kAvoids) != 0) {
      (strength == 0 ? wishes.never : wishes.avoids[strength - 1]) |= bit;
    } else if (strength != 0) {
      wishes.wants[strength - 1] |= bit;
    }
  }
}

}  // namespace passend::matcher
