// How many of their wishes the rows of one block see met, compiled for each instruction set by
// block_scan.cc.
#if defined(PASSEND_MATCHER_BLOCK_WISHES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef PASSEND_MATCHER_BLOCK_WISHES_INL_H_
#undef PASSEND_MATCHER_BLOCK_WISHES_INL_H_
#else
#define PASSEND_MATCHER_BLOCK_WISHES_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "matcher/block_skills-inl.h"
#include "matcher/wish_fit.h"

HWY_BEFORE_NAMESPACE();
namespace passend::matcher {
namespace HWY_NAMESPACE {

class BlockWishes : public BlockSkills {
 protected:
  using BlockSkills::BlockSkills;

  void FindFeatures() {
    features_ = 0;
    for (int feature : query_.features()) {
      const uint64_t* words = block_.wishes().Find(feature);
      if (words != nullptr) columns_[features_++] = words;
    }
  }

  // Leaves those of `rows`, of one word, whose features alone may be enough, and adds up what each
  // of them sees met: what is wanted and there, and what is avoided and not there.
  uint64_t MeetWishes(uint64_t rows, size_t word, BasisPoints least) {
    if (std::popcount(rows) <= kFewRows) {
      EachRow(rows, word, [&](uint32_t row) { scratch_.met[row] = MetOf(row); });
    } else {
      SumMet(word);
    }
    return rows & MetEnough(word, least);
  }

  // The same for all 64 rows of a word.
  HWY_NOINLINE void SumMet(size_t word) {
    Tally wanted;
    Tally avoided;
    for (size_t feature = 0; feature < features_; ++feature) {
      const uint64_t* at = columns_[feature] + WishPlanes::At(word);
      const uint64_t low = at[WishPlanes::kStrengthLow];
      const uint64_t high = at[WishPlanes::kStrengthHigh];
      const uint64_t avoids = at[WishPlanes::kAvoids];
      wanted.Add(low & ~avoids, high & ~avoids);
      avoided.Add(low & avoids, high & avoids);
    }
    const uint8_t* avoids = block_.wishes().SumsOfAvoids(word);
    uint8_t* met = scratch_.met.data() + word * kWordRows;
    const BytesTag tag;
    for (size_t row = 0; row < kWordRows; row += hn::Lanes(tag)) {
      auto sum = hn::Add(hn::LoadU(tag, avoids + row), wanted.Bytes(tag, row));
      hn::StoreU(hn::Sub(sum, avoided.Bytes(tag, row)), tag, met + row);
    }
  }

  // Of rows with their sums: met / all against the least, a little generously.
  HWY_NOINLINE uint64_t MetEnough(size_t word, BasisPoints least) const {
    const WishesPolicy& policy = policy_.wishes;
    if (policy.unmet >= least) return ~uint64_t{0};
    // met * (kWhole - unmet) / all >= least - unmet, in 256ths and rounded in favour of the row.
    const auto ratio =
        static_cast<uint16_t>((least - policy.unmet) * 256 / std::max(1, kWhole - policy.unmet));
    const uint8_t* met = scratch_.met.data() + word * kWordRows;
    const uint8_t* all = block_.wishes().SumsOfAll(word);
    const hn::CappedTag<uint16_t, kWordRows> tag;
    const hn::Rebind<uint8_t, decltype(tag)> half;
    uint64_t enough = 0;
    for (size_t row = 0; row < kWordRows; row += hn::Lanes(tag)) {
      const auto has = hn::ShiftLeft<8>(hn::PromoteTo(tag, hn::LoadU(half, met + row)));
      const auto needed =
          hn::Mul(hn::PromoteTo(tag, hn::LoadU(half, all + row)), hn::Set(tag, ratio));
      uint8_t bits[8] = {};
      hn::StoreMaskBits(tag, hn::Eq(hn::Max(has, needed), has), bits);
      uint64_t mask = 0;
      std::memcpy(&mask, bits, sizeof(mask));
      enough |= mask << row;
    }
    return enough;
  }

  // Of wishes within all limits, without travel: no less than with it.
  BasisPoints WishesBeforeTravel(uint32_t row) const {
    const WishesPolicy& policy = policy_.wishes;
    const int all = block_.wishes().SumsOfAll(row / kWordRows)[row % kWordRows];
    BasisPoints score = all == 0 ? policy.unknown : Between(policy.unmet, scratch_.met[row], all);
    const auto most = static_cast<int32_t>(block_.hours_max().Get(row));
    const int32_t taken =
        most == 0 ? work_.start_weekly_hours : std::min(most, work_.start_weekly_hours);
    score = Part(score, HoursFactor(policy, work_, taken));
    const size_t run = block_.ScheduleOf(row);
    if (block_.schedules()[run].schedule.empty()) return score;
    return Part(score, ScheduleFactor(policy, scratch_.common_hours[run], taken));
  }

  BasisPoints WithTravel(BasisPoints score, uint32_t row) const {
    const EntryNumber way = block_.way()[row];
    if (!query_.distance_matters() || way == 0) return score;
    return Part(
        score, TravelFactor(policy_.wishes, scratch_.ways.minutes[way], block_.minutes_max()[row]));
  }

 private:
  using BytesTag = hn::CappedTag<uint8_t, kWordRows>;

  // So many rows are summed one by one in less time than all 64 of their word.
  static constexpr int kFewRows = 3;

  uint8_t MetOf(uint32_t row) const {
    const size_t word = row / kWordRows;
    const size_t shift = row % kWordRows;
    uint64_t met = block_.wishes().SumsOfAvoids(word)[shift];
    for (size_t feature = 0; feature < features_; ++feature) {
      const uint64_t* at = columns_[feature] + WishPlanes::At(word);
      const uint64_t strength = (at[WishPlanes::kStrengthLow] >> shift & 1) +
                                2 * (at[WishPlanes::kStrengthHigh] >> shift & 1);
      const uint64_t avoided = at[WishPlanes::kAvoids] >> shift & 1;
      met += strength - 2 * strength * avoided;
    }
    return static_cast<uint8_t>(met);
  }

  // Sums of 64 rows, sliced into bits: at most 64 features of strength 3.
  class Tally {
   public:
    // The numbers of 64 rows, of two bits each.
    void Add(uint64_t low, uint64_t high) {
      const uint64_t carried = bits_[0] & low;
      bits_[0] ^= low;
      uint64_t carry = (bits_[1] & high) | (carried & (bits_[1] ^ high));
      bits_[1] ^= high ^ carried;
      for (size_t plane = 2; carry != 0; ++plane) {
        const uint64_t next = bits_[plane] & carry;
        bits_[plane] ^= carry;
        carry = next;
      }
    }

    hn::Vec<BytesTag> Bytes(BytesTag tag, size_t row) const {
      auto sum = hn::Zero(tag);
      for (size_t plane = 0; plane < bits_.size(); ++plane) {
        if (bits_[plane] == 0) continue;
        uint8_t bits[16] = {};  // a mask may be read in a whole vector
        const uint64_t rows = bits_[plane] >> row;
        std::memcpy(bits, &rows, sizeof(rows));
        const auto set = hn::LoadMaskBits(tag, bits);
        sum = hn::Or(sum, hn::IfThenElseZero(set, hn::Set(tag, uint8_t(1u << plane))));
      }
      return sum;
    }

   private:
    std::array<uint64_t, 8> bits_{};
  };

  std::array<const uint64_t*, 64> columns_;
  size_t features_ = 0;
};

}  // namespace HWY_NAMESPACE
}  // namespace passend::matcher
HWY_AFTER_NAMESPACE();

#endif
