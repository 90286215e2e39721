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
#include "matcher/support_fit.h"
#include "matcher/travel.h"

HWY_BEFORE_NAMESPACE();
namespace passend::matcher {
namespace HWY_NAMESPACE {

// The gates of wishes, pace and support, for 64 rows at a time. To be closed in the order of their
// causes: what one closes is not counted by the next.
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
  static void EachRow(uint64_t rows, size_t word, const Visit& visit) {
    for (; rows != 0; rows &= rows - 1) {
      visit(static_cast<uint32_t>(word * kWordRows) +
            static_cast<uint32_t>(std::countr_zero(rows)));
    }
  }
  bool IsOpen(uint32_t row) const {
    return (scratch_.open[row / kWordRows] >> row % kWordRows & 1) != 0;
  }
  static uint64_t BitOf(uint32_t row) { return uint64_t{1} << row % kWordRows; }

  HWY_NOINLINE void Open(std::span<const uint64_t> gone) {
    scratch_.open.assign(words_, ~uint64_t{0});
    if (block_.rows() % kWordRows != 0) {
      scratch_.open.back() = (uint64_t{1} << block_.rows() % kWordRows) - 1;
    }
    for (size_t word = 0; word < words_; ++word) {
      if (!gone.empty()) scratch_.open[word] &= ~gone[word];
      open_rows_ += static_cast<size_t>(std::popcount(scratch_.open[word]));
    }
    counts_.considered += static_cast<int64_t>(open_rows_);
  }

  // Closes the rows of which `bad(word)` is true, of those that are open.
  template <typename Bad>
  void Close(GateCause cause, const Bad& bad) {
    int64_t closed = 0;
    for (size_t word = 0; word < words_; ++word) {
      uint64_t& open = scratch_.open[word];
      if (open == 0) continue;
      const uint64_t now = open & bad(word);
      closed += std::popcount(now);
      open &= ~now;
    }
    counts_.excluded[static_cast<size_t>(cause)] += closed;
    open_rows_ -= static_cast<size_t>(closed);
  }

  HWY_NOINLINE void CloseForms() {
    Close(GateCause::kParticipationForm, [&](size_t word) {
      return block_.forms().NotZero(word) & ~block_.forms().WithBit(word, work_.form);
    });
  }

  HWY_NOINLINE void CloseNever() {
    for (int feature : query_.features()) {
      const FeatureWord* words = block_.wishes().Find(feature);
      if (words == nullptr) continue;
      Close(GateCause::kWishNever, [&](size_t word) { return words[word].never(); });
    }
  }

  HWY_NOINLINE void CloseHours() {
    Close(GateCause::kHours, [&](size_t word) {
      const BitPlanes& most = block_.hours_max();
      const uint64_t too_few = ~most.AtLeast(word, static_cast<uint32_t>(query_.least_hours()));
      const uint64_t too_many =
          block_.hours_min().AtLeast(word, static_cast<uint32_t>(work_.start_weekly_hours) + 1);
      return most.NotZero(word) & (too_few | too_many);
    });
  }

  HWY_NOINLINE void CloseSchedules() {
    const auto schedules = block_.schedules();
    if (work_.schedule.empty() || schedules.size() == 1) return;
    scratch_.no_common_hour.resize(schedules.size());
    scratch_.no_common_hour[0] = 0;  // not known: closes nothing
    for (size_t number = 1; number < schedules.size(); ++number) {
      scratch_.no_common_hour[number] = (schedules[number] & work_.schedule).empty();
    }
    const auto schedule = block_.schedule();
    Close(GateCause::kSchedule, [&](size_t word) {
      uint64_t bad = 0;
      EachRow(scratch_.open[word], word, [&](uint32_t row) {
        bad |= uint64_t{scratch_.no_common_hour[schedule[row]]} << row % kWordRows;
      });
      return bad;
    });
  }

  HWY_NOINLINE void CloseTravel() {
    if (!query_.distance_matters() || block_.homes().empty()) return;
    if (OutOfReach()) {
      Close(GateCause::kTravel, [&](size_t word) { return block_.travels(word); });
      return;
    }
    scratch_.home_meters_squared.clear();
    for (const Place& home : block_.homes()) {
      scratch_.home_meters_squared.push_back(MetersSquaredBetween(home, *work_.place));
    }
    const auto way = block_.way();
    const auto ways = block_.ways();
    const auto minutes_max = block_.minutes_max();
    Close(GateCause::kTravel, [&](size_t word) {
      uint64_t bad = 0;
      EachRow(scratch_.open[word] & block_.travels(word), word, [&](uint32_t row) {
        const HomeMeans& from = ways[way[row]];
        const bool too_far = scratch_.home_meters_squared[from.home] >=
                             query_.reach_meters_squared(from.means, minutes_max[row]);
        bad |= uint64_t{too_far} << row % kWordRows;
      });
      return bad;
    });
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
    for (size_t index = 0; index < kPaceParts; ++index) {
      if (work_.pace[index] == 0) continue;
      const BitPlanes& pace = block_.pace(static_cast<int>(index));
      const auto least = static_cast<uint32_t>(query_.pace_open()[index]);
      const auto cause = static_cast<GateCause>(static_cast<size_t>(GateCause::kTempo) + index);
      Close(cause, [&](size_t word) {
        return (pace.NotZero(word) & ~pace.AtLeast(word, least)) |
               scratch_.paces_closed[index][word];
      });
    }
  }

  // Which pace tells most depends on the kind of work, and differs from part to part.
  HWY_NOINLINE void JudgeSeveralPaces() {
    for (auto& closed : scratch_.paces_closed) closed.assign(words_, 0);
    scratch_.several_scores.resize(block_.rows());
    std::array<PersonPace, kBlockPacesMax> unpacked;
    for (size_t word = 0; word < words_; ++word) {
      EachRow(block_.several_paces(word) & scratch_.open[word], word, [&](uint32_t row) {
        const auto judged = JudgePaces(policy_.pace, work_, block_.SeveralPaces(row, unpacked));
        scratch_.several_scores[block_.SeveralPlace(row)] = judged.score;
        if (judged.cause == GateCause::kNone) return;
        const auto part =
            static_cast<size_t>(judged.cause) - static_cast<size_t>(GateCause::kTempo);
        scratch_.paces_closed[part][word] |= BitOf(row);
      });
    }
  }

  HWY_NOINLINE void CloseSupport() {
    Close(GateCause::kSupportMissing, [&](size_t word) {
      uint64_t bad = 0;
      EachRow(block_.essential_needs(word) & scratch_.open[word], word, [&](uint32_t row) {
        if (LacksEssential(block_.NeedList(block_.needs()[row]))) bad |= BitOf(row);
      });
      return bad;
    });
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
};

}  // namespace HWY_NAMESPACE
}  // namespace passend::matcher
HWY_AFTER_NAMESPACE();

#endif
