// Opens and closes the rows of one block, compiled for each instruction set by block_scan.cc.
#if defined(PASSEND_MATCHER_BLOCK_GATES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef PASSEND_MATCHER_BLOCK_GATES_INL_H_
#undef PASSEND_MATCHER_BLOCK_GATES_INL_H_
#else
#define PASSEND_MATCHER_BLOCK_GATES_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <bit>

#include "matcher/block_scan.h"
#include "matcher/row_bits-inl.h"
#include "matcher/support_fit.h"
#include "matcher/travel.h"

HWY_BEFORE_NAMESPACE();
namespace passend::matcher {
namespace HWY_NAMESPACE {

// The gates of wishes, pace and support. To be closed in the order of their causes: what one closes
// is not counted by the next.
class BlockGates {
 public:
  BlockGates(const PeopleQuery& query, const PeopleBlock& block, ScanScratch& scratch,
             PoolCounts& counts)
      : query_(query),
        policy_(query.policy()),
        work_(query.work()),
        block_(block),
        scratch_(scratch),
        counts_(counts),
        words_(WordsFor(block.rows())) {}

 protected:
  template <typename Visit>
  static HWY_INLINE void EachRow(uint64_t rows, size_t word, const Visit& visit) {
    for (; rows != 0; rows &= rows - 1) {
      visit(static_cast<uint32_t>(word * kWordRows) +
            static_cast<uint32_t>(std::countr_zero(rows)));
    }
  }
  static uint64_t BitOf(uint32_t row) { return uint64_t{1} << row % kWordRows; }

  void Open(std::span<const uint64_t> gone) {
    scratch_.open.assign(words_, 0);
    const size_t full = block_.rows() / kWordRows;
    std::fill_n(scratch_.open.begin(), full, ~uint64_t{0});
    if (block_.rows() % kWordRows != 0) {
      scratch_.open[full] = (uint64_t{1} << block_.rows() % kWordRows) - 1;
    }
    open_rows_ = block_.rows();
    if (!gone.empty()) {
      open_rows_ = 0;
      for (size_t word = 0; word < words_; ++word) {
        scratch_.open[word] &= ~gone[word];
        open_rows_ += static_cast<size_t>(std::popcount(scratch_.open[word]));
      }
    }
    counts_.considered += static_cast<int64_t>(open_rows_);
  }

  // Closes the rows of which `bad(word)` is true, of those that are open; several words at a time.
  template <typename Bad>
  HWY_INLINE void Close(GateCause cause, const Bad& bad) {
    const WordsTag tag;
    Words closed = NoRows();
    for (size_t word = 0; word < words_; word += hn::Lanes(tag)) {
      const Words open = WordsAt(&scratch_.open[word]);
      const Words now = hn::And(open, bad(word));
      closed = hn::Add(closed, hn::PopulationCount(now));
      hn::StoreU(hn::AndNot(now, open), tag, &scratch_.open[word]);
    }
    Count(cause, hn::GetLane(hn::SumOfLanes(tag, closed)));
  }

  // The same for a word of 64 rows at a time, and only where any is open.
  template <typename Bad>
  HWY_INLINE void CloseEach(GateCause cause, const Bad& bad) {
    uint64_t closed = 0;
    for (size_t word = 0; word < words_; ++word) {
      uint64_t& open = scratch_.open[word];
      if (open == 0) continue;
      const uint64_t now = open & bad(word);
      closed += static_cast<uint64_t>(std::popcount(now));
      open &= ~now;
    }
    Count(cause, closed);
  }

  HWY_NOINLINE void CloseForms() {
    Close(GateCause::kParticipationForm, [&](size_t word) HWY_ATTR {
      return hn::AndNot(WithBit(block_.forms(), word, work_.form), NotZero(block_.forms(), word));
    });
  }

  HWY_NOINLINE void CloseNever() {
    std::array<const uint64_t*, 64> columns;
    size_t count = 0;
    for (int feature : query_.closing_features()) {
      const uint64_t* words = block_.wishes().Find(feature);
      if (words != nullptr) columns[count++] = words;
    }
    if (count == 0) return;
    Close(GateCause::kWishNever, [&](size_t word) HWY_ATTR {
      Words never = NoRows();
      for (size_t column = 0; column < count; ++column) {
        const uint64_t* at = columns[column] + WishPlanes::At(word);
        const Words wanted =
            hn::Or(WordsAt(at + WishPlanes::kStrengthLow), WordsAt(at + WishPlanes::kStrengthHigh));
        never = hn::Or(never, hn::AndNot(wanted, WordsAt(at + WishPlanes::kAvoids)));
      }
      return never;
    });
  }

  HWY_NOINLINE void CloseHours() {
    const auto least = static_cast<uint32_t>(query_.least_hours());
    const auto beyond = static_cast<uint32_t>(work_.start_weekly_hours) + 1;
    Close(GateCause::kHours, [&](size_t word) HWY_ATTR {
      const BitPlanes& most = block_.hours_max();
      const Words enough =
          hn::AndNot(AtLeast(block_.hours_min(), word, beyond), AtLeast(most, word, least));
      return hn::AndNot(enough, NotZero(most, word));
    });
  }

  HWY_NOINLINE void CloseSchedules() {
    const auto schedules = block_.schedules();
    scratch_.common_hours.clear();
    scratch_.no_common_hour.assign(words_, 0);
    bool any = false;
    for (size_t run = 0; run < schedules.size(); ++run) {
      const Week& week = schedules[run].schedule;
      const int hours = (work_.schedule.empty() ? week : week & work_.schedule).hours();
      scratch_.common_hours.push_back(static_cast<uint8_t>(hours));
      if (hours != 0 || week.empty()) continue;
      const size_t end = run + 1 < schedules.size() ? schedules[run + 1].begin : block_.rows();
      SetRows(scratch_.no_common_hour, schedules[run].begin, end);
      any = true;
    }
    if (!any) return;
    Close(GateCause::kSchedule,
          [&](size_t word) HWY_ATTR { return WordsAt(&scratch_.no_common_hour[word]); });
  }

  // Sets the bits of the rows from `begin` to `end`, of which there is at least one.
  static void SetRows(std::vector<uint64_t>& words, size_t begin, size_t end) {
    const size_t last = (end - 1) / kWordRows;
    const uint64_t first_bits = ~uint64_t{0} << begin % kWordRows;
    const uint64_t last_bits = ~uint64_t{0} >> (kWordRows - 1 - (end - 1) % kWordRows);
    if (begin / kWordRows == last) {
      words[last] |= first_bits & last_bits;
      return;
    }
    words[begin / kWordRows] |= first_bits;
    std::fill(words.begin() + static_cast<ptrdiff_t>(begin / kWordRows) + 1,
              words.begin() + static_cast<ptrdiff_t>(last), ~uint64_t{0});
    words[last] |= last_bits;
  }

  HWY_NOINLINE void CloseTravel() {
    if (!query_.distance_matters() || block_.homes().empty()) return;
    if (OutOfReach()) {
      Close(GateCause::kTravel,
            [&](size_t word) HWY_ATTR { return WordsAt(block_.travels(word)); });
      return;
    }
    FindWayMinutes(policy_.wishes, *work_.place, block_.homes(), block_.ways(), scratch_.ways);
    scratch_.ways.minutes[0] = 0;  // not known
    CloseEach(GateCause::kTravel, [&](size_t word) {
      const uint64_t travelling = scratch_.open[word] & *block_.travels(word);
      return travelling == 0 ? 0 : travelling & TooFar(word);
    });
  }

  // The rows of a word whose way takes longer than they travel.
  HWY_INLINE uint64_t TooFar(size_t word) const {
    const hn::CappedTag<int32_t, 8> tag;
    const hn::Rebind<uint16_t, decltype(tag)> numbers;
    const hn::Rebind<uint8_t, decltype(tag)> bytes;
    uint64_t rows = 0;
    for (size_t row = 0; row < kWordRows; row += hn::Lanes(tag)) {
      const size_t at = word * kWordRows + row;
      const auto way = hn::PromoteTo(tag, hn::LoadU(numbers, &block_.way()[at]));
      const auto minutes = hn::GatherIndex(tag, scratch_.ways.minutes.data(), way);
      const auto most = hn::PromoteTo(tag, hn::LoadU(bytes, &block_.minutes_max()[at]));
      uint64_t found = 0;
      hn::StoreMaskBits(tag, hn::Gt(minutes, most), reinterpret_cast<uint8_t*>(&found));
      rows |= found << row;
    }
    return rows;
  }

  // True where nobody in the block travels as far as to the nearest corner of where they live.
  bool OutOfReach() const {
    const PeopleBlock::Reach& reach = block_.reach();
    const int64_t meters = MetersAtLeast(*work_.place, reach.south_west, reach.north_east);
    for (size_t means = 0; means < kTravelMeans; ++means) {
      if (reach.minutes_max[means] == 0) continue;
      if (MinutesFor(policy_.wishes, static_cast<TravelMeans>(means), meters) <=
          reach.minutes_max[means]) {
        return false;
      }
    }
    return true;
  }

  HWY_NOINLINE void ClosePaces() {
    JudgeSeveralPaces();
    for (const size_t index : query_.pace_parts()) {
      const BitPlanes& pace = block_.pace(static_cast<int>(index));
      const auto least = static_cast<uint32_t>(query_.pace_open()[index]);
      const auto cause = static_cast<GateCause>(static_cast<size_t>(GateCause::kTempo) + index);
      const uint64_t* several = scratch_.paces_closed[index].data();
      Close(cause, [&](size_t word) HWY_ATTR {
        const Words single =
            hn::AndNot(WordsAt(block_.several_paces(word)), TooSlow(pace, word, least));
        return hn::Or(single, WordsAt(several + word));
      });
    }
  }

  // Of a row with several paces: of each part that is asked, that amount which tells most at this
  // kind of work, as TellingPace chooses it; 0: not known.
  PaceAmounts TellingAmounts(uint32_t row) const {
    PaceAmounts amounts{};
    std::array<uint64_t, kPaceParts> ranks;
    ranks.fill(UINT64_MAX);
    for (const PackedPace& pace : block_.SeveralPaces(row)) {
      const uint64_t rank =
          (uint64_t{query_.kind_distance(pace.kind)} << 34 | uint64_t{!pace.measured} << 33) +
          static_cast<uint64_t>((int64_t{1} << 31) - int64_t{pace.observed});
      // No branches: which pace tells is as likely the one as the other.
      for (const size_t part : query_.pace_parts()) {
        const int32_t amount = pace.amounts[part];
        const int32_t least_before = amounts[part];
        const bool first = rank < ranks[part];
        const bool lower = (rank == ranks[part]) & (amount < least_before);
        const bool better = (amount != 0) & (first | lower);
        ranks[part] = better ? rank : ranks[part];
        amounts[part] = better ? amount : amounts[part];
      }
    }
    return amounts;
  }

  // Known, and less than `least`.
  static HWY_INLINE Words TooSlow(const BitPlanes& pace, size_t word, uint32_t least) {
    return hn::AndNot(AtLeast(pace, word, least), NotZero(pace, word));
  }

  // Of rows with several paces the columns have the least: only where that is too little it matters
  // which one tells.
  HWY_NOINLINE void JudgeSeveralPaces() {
    const WordsTag tag;
    std::array<uint64_t, kGroupWords> rows{};
    for (auto& closed : scratch_.paces_closed) closed.assign(words_, 0);
    for (size_t word = 0; word < words_; word += hn::Lanes(tag)) {
      Words slow = NoRows();
      for (const size_t part : query_.pace_parts()) {
        slow = hn::Or(slow, TooSlow(block_.pace(static_cast<int>(part)), word,
                                    static_cast<uint32_t>(query_.pace_open()[part])));
      }
      const Words several = WordsAt(block_.several_paces(word));
      hn::StoreU(hn::And(hn::And(slow, several), WordsAt(&scratch_.open[word])), tag, rows.data());
      for (size_t next = 0; next < hn::Lanes(tag); ++next) {
        EachRow(rows[next], word + next, [&](uint32_t row) { JudgeSeveral(row); });
      }
    }
  }

  void JudgeSeveral(uint32_t row) {
    const PaceAmounts amounts = TellingAmounts(row);
    for (const size_t part : query_.pace_parts()) {
      if (amounts[part] == 0 || amounts[part] >= query_.pace_open()[part]) continue;
      scratch_.paces_closed[part][row / kWordRows] |= BitOf(row);
      return;
    }
  }

  HWY_NOINLINE void CloseSupport() {
    scratch_.lacks_support.assign(words_, 0);
    for (SupportLine line = 0; line < kSupportLines; ++line) {
      if (query_.offered_hundredths()[line] != 0) continue;
      for (const uint16_t row : block_.NeedingLine(line)) {
        scratch_.lacks_support[row / kWordRows] |= BitOf(row);
      }
    }
    for (const uint16_t row : block_.NeedingByPolicy()) {
      if (LacksEssential(block_.NeedList(block_.needs()[row]))) {
        scratch_.lacks_support[row / kWordRows] |= BitOf(row);
      }
    }
    Close(GateCause::kSupportMissing,
          [&](size_t word) HWY_ATTR { return WordsAt(&scratch_.lacks_support[word]); });
  }

  bool LacksEssential(std::span<const PackedNeed> needs) const {
    return std::any_of(needs.begin(), needs.end(), [&](const PackedNeed& need) {
      return need.essential && query_.offered_hundredths()[LineOf(need.solution)] == 0 &&
             NeededPercent(policy_.support, need.Unpack()) > need.brought_percent;
    });
  }

  const PeopleQuery& query_;
  const Policy& policy_;
  const Work& work_;
  const PeopleBlock& block_;
  ScanScratch& scratch_;
  PoolCounts& counts_;
  const size_t words_;
  size_t open_rows_ = 0;

 private:
  void Count(GateCause cause, uint64_t closed) {
    counts_.excluded[static_cast<size_t>(cause)] += static_cast<int64_t>(closed);
    open_rows_ -= static_cast<size_t>(closed);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace passend::matcher
HWY_AFTER_NAMESPACE();

#endif
