// The scan of one block, compiled for each instruction set by block_scan.cc.
#if defined(PASSEND_MATCHER_BLOCK_SCAN_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef PASSEND_MATCHER_BLOCK_SCAN_INL_H_
#undef PASSEND_MATCHER_BLOCK_SCAN_INL_H_
#else
#define PASSEND_MATCHER_BLOCK_SCAN_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <bit>

#include "matcher/block_scan.h"
#include "matcher/block_wishes-inl.h"
#include "matcher/pace_fit.h"
#include "matcher/support_fit.h"

HWY_BEFORE_NAMESPACE();
namespace passend::matcher {
namespace HWY_NAMESPACE {

// First everybody's gates, for the counts; then scores, for whoever can still enter the list.
class BlockScan : private BlockWishes {
 public:
  BlockScan(const PeopleQuery& query, const PeopleBlock& block, ScanScratch& scratch,
            BestPeople& best, PoolCounts& counts)
      : BlockWishes(query, block, scratch, counts), best_(best) {}

  void Run(std::span<const uint64_t> gone) {
    Open(gone);
    CloseForms();
    CloseNever();
    CloseHours();
    CloseSchedules();
    CloseTravel();
    if (open_rows_ == 0) return;
    if (!query_.skills().empty()) {
      OpenLists();
      FindUnknown();
      CloseLacking();
    }
    ClosePaces();
    CloseSupport();
    if (open_rows_ == 0) return;
    Prepare();
    CloseWhereNothingFits();
    // The first rows tell what it takes to be in the list: they come in short stretches.
    size_t length = best_.least_score() > 0 ? words_ : kGroupWords;
    for (size_t begin = 0; begin < words_; length *= 2) {
      const size_t end = std::min(words_, begin + length);
      RankStretch(begin, end);
      begin = end;
    }
  }

 private:
  void Prepare() {
    FindFeatures();
    scratch_.met.resize(kBlockRowsMax);
    scratch_.wanted.assign(words_, 0);
    scratch_.sums.resize(kBlockRowsMax);
    scratch_.fits.resize(kBlockRowsMax);
    scratch_.support_scores.assign(block_.need_lists(), kNotYet);
  }

  // Only where a policy lets a dimension come to 0 with no gate closed.
  void CloseWhereNothingFits() {
    const bool ability = query_.ability_may_be_zero();
    const bool others = query_.others_may_be_zero();
    if (!ability && !others) return;
    if (ability) {
      std::copy(scratch_.open.begin(), scratch_.open.end(), scratch_.wanted.begin());
      SumSkills(0, words_, INT64_MIN);
      for (OpenList& list : scratch_.lists) list.at = list.begin;
    }
    CloseEach(GateCause::kNothingFits, [&](size_t word) {
      if (others) SumMet(word);
      uint64_t bad = 0;
      EachRow(scratch_.open[word], word, [&](uint32_t row) {
        if ((ability && !IsUnknown(row) && AbilityOf(row) == 0) ||
            (others && (WithTravel(WishesBeforeTravel(row), row) == 0 || SupportOf(row) == 0))) {
          bad |= BitOf(row);
        }
      });
      return bad;
    });
  }

  // Counts the rows of these words, and offers those who may be in the list.
  HWY_NOINLINE void RankStretch(size_t begin, size_t end) {
    least_ = query_.LeastFor(best_.least_score());
    loss_max_ = least_.loss_max;
    for (size_t word = begin; word < end; ++word) {
      uint64_t ranked = scratch_.open[word];
      if (ranked != 0 && query_.asks_the_unknown()) {
        const uint64_t asked = ranked & scratch_.unknown[word];
        ranked &= ~asked;
        Ask(asked, word);
      }
      if (ranked != 0 && query_.others_may_be_zero()) {
        const uint64_t asked = Paceless(ranked, word);
        ranked &= ~asked;
        Ask(asked, word);
      }
      counts_.ranked += std::popcount(ranked);
      scratch_.wanted[word] = ranked;
    }
    LeavePromising(begin, end);
    if (!query_.skills().empty()) SumSkills(begin, end, least_.ability * query_.weight_sum());
    for (size_t word = begin; word < end; ++word) {
      EachRow(scratch_.wanted[word], word, [&](uint32_t row) { ScoreAndOffer(row); });
    }
  }

  void Ask(uint64_t rows, size_t word) {
    counts_.to_be_asked += std::popcount(rows);
    if (best_.least_score() > 0) return;
    EachRow(rows, word, [&](uint32_t row) { Offer(row, Outcome::kToBeAsked, 0); });
  }

  // A pace that counts 0 while it is not known closes nothing: there is no score, and it is asked.
  uint64_t Paceless(uint64_t rows, size_t word) const {
    uint64_t asked = 0;
    EachRow(rows, word, [&](uint32_t row) {
      if (PaceOf(row) == 0) asked |= BitOf(row);
    });
    return asked;
  }

  // Leaves those of `wanted` who reach what is needed in each dimension but ability, as far as that
  // can be told from a few columns.
  HWY_NOINLINE void LeavePromising(size_t begin, size_t end) {
    const WordsTag tag;
    const BitPlanes& hours = block_.hours_max();
    const Words any_pace = policy_.pace.unknown >= least_.pace ? AllRows() : NoRows();
    for (size_t word = begin; word < end; word += hn::Lanes(tag)) {
      Words rows = WordsAt(&scratch_.wanted[word]);
      rows = hn::And(rows, AtLeastOrUnknown(hours, word, least_.weekly_hours, AllRows()));
      const Words several = WordsAt(block_.several_paces(word));
      for (const size_t part : query_.pace_parts()) {
        const BitPlanes& pace = block_.pace(static_cast<int>(part));
        rows = hn::And(rows,
                       hn::Or(several, AtLeastOrUnknown(pace, word, least_.paces[part], any_pace)));
      }
      if (policy_.support.unknown < least_.support) {
        rows = hn::And(rows, WordsAt(block_.support_known(word)));
      }
      hn::StoreU(rows, tag, &scratch_.wanted[word]);
    }
    for (size_t word = begin; word < end; ++word) {
      uint64_t& wanted = scratch_.wanted[word];
      if (wanted == 0) continue;
      wanted = MeetWishes(wanted, word, least_.wishes);
    }
  }

  // 0 stands for a value that is not known.
  static HWY_INLINE Words AtLeastOrUnknown(const BitPlanes& column, size_t word, int32_t least,
                                           Words unknown) {
    return hn::Or(AtLeast(column, word, static_cast<uint32_t>(least)),
                  hn::AndNot(NotZero(column, word), unknown));
  }

  bool IsUnknown(uint32_t row) const {
    return (scratch_.unknown[row / kWordRows] & BitOf(row)) != 0;
  }

  // Of a row that is ranked, after its skills were summed.
  BasisPoints AbilityOf(uint32_t row) const {
    if (query_.skills().empty()) return kWhole;
    return static_cast<BasisPoints>(scratch_.sums[row] / query_.weight_sum());
  }

  BasisPoints PaceOf(uint32_t row) const {
    const bool several = (*block_.several_paces(row / kWordRows) & BitOf(row)) != 0;
    PaceAmounts amounts{};
    if (several) amounts = TellingAmounts(row);
    BasisPoints weakest = kWhole;
    for (const size_t part : query_.pace_parts()) {
      if (!several) {
        amounts[part] = static_cast<int32_t>(block_.pace(static_cast<int>(part)).Get(row));
      }
      const BasisPoints fit = amounts[part] == 0
                                  ? policy_.pace.unknown
                                  : PartFit(amounts[part], work_.pace[part],
                                            ToleranceOf(policy_.pace, static_cast<PacePart>(part)));
      weakest = std::min(weakest, fit);
    }
    return weakest;
  }

  // Of a row that no gate has closed.
  BasisPoints SupportOf(uint32_t row) {
    const EntryNumber number = block_.needs()[row];
    BasisPoints& score = scratch_.support_scores[number];
    if (score != kNotYet) return score;
    if (number == 0) return score = policy_.support.unknown;
    std::array<SupportNeed, kBlockNeedsMax> unpacked;
    size_t count = 0;
    for (const PackedNeed& need : block_.NeedList(number)) unpacked[count++] = need.Unpack();
    return score = JudgeNeeds(policy_.support, query_.offered_hundredths(),
                              std::span(unpacked).first(count))
                       .score;
  }

  HWY_NOINLINE void ScoreAndOffer(uint32_t row) {
    const Weights& weights = query_.basis().weights;
    Loss loss = 0;
    const auto loss_of = [&](Dimension dimension, BasisPoints score) {
      return weights[static_cast<size_t>(dimension)] * LossOf(score);
    };
    // The cheapest first: most rows end at one of them.
    loss += loss_of(Dimension::kAbility, AbilityOf(row));
    if (loss > loss_max_) return;
    const BasisPoints before_travel = WishesBeforeTravel(row);
    if (loss + loss_of(Dimension::kWishes, before_travel) > loss_max_) return;
    loss += loss_of(Dimension::kSupport, SupportOf(row));
    if (loss + loss_of(Dimension::kWishes, before_travel) > loss_max_) return;
    loss += loss_of(Dimension::kPace, PaceOf(row));
    if (loss + loss_of(Dimension::kWishes, before_travel) > loss_max_) return;
    loss += loss_of(Dimension::kWishes, WithTravel(before_travel, row));
    if (loss > loss_max_) return;
    Offer(row, Outcome::kRanked, ScoreOf(loss / kWhole));
    loss_max_ = LossMaxFor(best_.least_score());
  }

  void Offer(uint32_t row, Outcome outcome, BasisPoints score) {
    best_.Offer(outcome, score, block_.last_shown(row), {&block_, row, nullptr});
  }

  static constexpr BasisPoints kNotYet = -1;

  BestPeople& best_;
  LeastNeeded least_{};
  Loss loss_max_ = 0;  // of the list as it is now
};

void ScanBlockHere(const PeopleQuery& query, const PeopleBlock& block,
                   std::span<const uint64_t> gone, ScanScratch& scratch, BestPeople& best,
                   PoolCounts& counts) {
  BlockScan(query, block, scratch, best, counts).Run(gone);
}

}  // namespace HWY_NAMESPACE
}  // namespace passend::matcher
HWY_AFTER_NAMESPACE();

#endif
