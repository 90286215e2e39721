// The scan of one block, compiled for each instruction set by block_scan.cc.
#if defined(PASSEND_MATCHER_BLOCK_SCAN_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef PASSEND_MATCHER_BLOCK_SCAN_INL_H_
#undef PASSEND_MATCHER_BLOCK_SCAN_INL_H_
#else
#define PASSEND_MATCHER_BLOCK_SCAN_INL_H_
#endif

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include <hwy/highway.h>

#include "matcher/block_gates-inl.h"
#include "matcher/block_scan.h"
#include "matcher/pace_fit.h"
#include "matcher/support_fit.h"
#include "matcher/wish_fit.h"

HWY_BEFORE_NAMESPACE();
namespace passend::matcher {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

class BlockScan : private BlockGates {
 public:
  BlockScan(const PeopleQuery& query, const PeopleBlock& block, ScanScratch& scratch,
            BestPeople& best, PoolCounts& counts)
      : BlockGates(query, block, scratch, counts), best_(best) {}

  void Run(std::span<const uint64_t> gone) {
    Open(gone);
    CloseForms();
    CloseNever();
    CloseHours();
    CloseSchedules();
    CloseTravel();
    if (open_rows_ == 0) return;
    JudgeSkills();
    ClosePaces();
    CloseSupport();
    scratch_.support_scores.assign(block_.need_lists(), kNotYet);
    CloseWhereNothingFits();
    CountAndOffer();
  }

 private:
  HWY_NOINLINE void JudgeSkills() {
    if (query_.skills().empty()) return;
    FindUnknown();
    scratch_.sums.resize(kBlockRowsMax);
    for (size_t word = 0; word < words_; ++word) {
      EachRow(scratch_.open[word], word,
              [&](uint32_t row) { scratch_.sums[row] = query_.start_sum(); });
    }
    scratch_.fits.resize(kBlockRowsMax);
    for (const SkillQuery& skill : query_.skills()) AddSkill(skill);
  }

  HWY_NOINLINE void FindUnknown() {
    const Day as_of = query_.basis().as_of;
    scratch_.unknown.resize(words_);
    for (size_t word = 0; word < words_; ++word) {
      const uint64_t skilled = block_.skilled(word);
      uint64_t ask = block_.fading(word);
      if (as_of < block_.all_count_from()) ask = skilled;
      uint64_t unknown = ~skilled;
      EachRow(ask & scratch_.open[word], word, [&](uint32_t row) {
        if (!block_.HoldsAnySkill(row, as_of)) unknown |= BitOf(row);
      });
      scratch_.unknown[word] = unknown;
    }
  }

  // Adds what everybody has of one requirement, and closes those who lack it.
  HWY_NOINLINE void AddSkill(const SkillQuery& skill) {
    const SkillLists& lists = block_.skills();
    if (!skill.learnable) scratch_.has.assign(words_, 0);
    const auto add = [&](uint32_t row, BasisPoints fit) {
      scratch_.sums[row] += skill.weight * (fit - skill.start);
      if (!skill.learnable) scratch_.has[row / kWordRows] |= BitOf(row);
    };
    size_t found = 0;
    LocalSkill only = 0;
    const SkillSource* source_of_only = nullptr;
    for (const SkillSource& source : skill.sources) {
      const LocalSkill local = lists.Find(source.held);
      if (local == lists.skills()) continue;
      // One list needs no comparing; from the second on the best fit of each row is kept.
      if (++found == 1) {
        only = local;
        source_of_only = &source;
        continue;
      }
      if (found == 2) KeepBest(AttainmentOf(skill, *source_of_only), only, skill.start);
      KeepBest(AttainmentOf(skill, source), local, skill.start);
    }
    if (found == 1) {
      EachFit(AttainmentOf(skill, *source_of_only), only, [&](uint32_t row, BasisPoints fit) {
        if (fit > skill.start) add(row, fit);
      });
    }
    for (uint32_t row : scratch_.touched) add(row, std::exchange(scratch_.fits[row], 0));
    scratch_.touched.clear();
    if (skill.learnable) return;
    Close(GateCause::kSkillMissing,
          [&](size_t word) { return ~scratch_.has[word] & ~scratch_.unknown[word]; });
  }

  static const Attainment& AttainmentOf(const SkillQuery& skill, const SkillSource& source) {
    return skill.attainments[source.attainment];
  }

  void KeepBest(const Attainment& attainment, LocalSkill local, BasisPoints start) {
    EachFit(attainment, local, [&](uint32_t row, BasisPoints fit) {
      BasisPoints& best = scratch_.fits[row];
      if (fit <= start || fit <= best) return;
      if (best == 0) scratch_.touched.push_back(row);
      best = fit;
    });
  }

  // Calls `take(row, fit)` for each row of a list that is open and has a validation that counts.
  template <typename Take>
  void EachFit(const Attainment& attainment, LocalSkill local, const Take& take) {
    const std::span<const Posting> list = block_.skills().List(local);
    const AgeingTable& ageing = query_.ageing();
    const auto now = static_cast<int32_t>(query_.basis().as_of - block_.skills().base());
    const Posting* end = list.data() + list.size();
    if (open_rows_ * kLookUpFactor < list.size()) {
      for (size_t word = 0; word < words_; ++word) {
        EachRow(scratch_.open[word], word, [&](uint32_t row) {
          const auto run = block_.skills().Run(local, row);
          if (!run.empty()) TakeRun(attainment, run, take);
        });
      }
      return;
    }
    for (const Posting* at = list.data(); at != end;) {
      const uint32_t row = RowOf(*at);
      if (!IsOpen(row)) {
        ++at;
        continue;
      }
      const uint32_t code = CodeOf(*at);
      // One more may be read past the end of a list.
      if (RowOf(at[1]) != row && code < kPostingHigh) [[likely]] {
        const int32_t age = now - ValueOf(*at++);
        if (age < 0) continue;
        take(row, Part(attainment.by_code[code],
                       ageing.Worth(static_cast<Method>(code / kLevelMax), age)));
        continue;
      }
      const Posting* run_end = RunEnd(at, end);
      TakeRun(attainment, {at, run_end}, take);
      at = run_end;
    }
  }

  template <typename Take>
  void TakeRun(const Attainment& attainment, std::span<const Posting> run, const Take& take) {
    const AgeingTable& ageing = query_.ageing();
    ReadRun(run, block_.skills().base(), scratch_.validations);
    const auto held = ageing.HoldsOn(scratch_.validations, query_.basis().as_of);
    if (!held) return;
    take(RowOf(run.front()), Part(attainment.by_level[static_cast<size_t>(held->level)],
                                  ageing.WorthOf(held->certainty)));
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

  // Only where a policy lets a dimension come to 0 with no gate closed.
  void CloseWhereNothingFits() {
    if (!query_.others_may_be_zero() && !query_.ability_may_be_zero()) return;
    Close(GateCause::kNothingFits, [&](size_t word) {
      uint64_t bad = 0;
      EachRow(scratch_.open[word], word, [&](uint32_t row) {
        const bool unable = !query_.skills().empty() && !IsUnknown(row) && AbilityOf(row) == 0;
        if (unable || (query_.others_may_be_zero() && (WishesOf(row) == 0 || SupportOf(row) == 0)))
          bad |= BitOf(row);
      });
      return bad;
    });
  }

  bool IsUnknown(uint32_t row) const {
    return !query_.skills().empty() && (scratch_.unknown[row / kWordRows] & BitOf(row)) != 0;
  }

  BasisPoints AbilityOf(uint32_t row) const {
    if (query_.skills().empty()) return kWhole;
    if (IsUnknown(row) && query_.any_unlearnable()) return 0;
    return static_cast<BasisPoints>(scratch_.sums[row] / query_.weight_sum());
  }

  BasisPoints WishesOf(uint32_t row) const {
    const WishesPolicy& policy = policy_.wishes;
    const WishPlanes& wishes = block_.wishes();
    const int all = wishes.SumOfAll(row);
    BasisPoints score = policy.unknown;
    if (all != 0) {
      int met = wishes.SumOfAvoids(row);
      for (int feature : query_.features()) {
        const FeatureWord* words = wishes.Find(feature);
        if (words == nullptr) continue;
        const FeatureWord& word = words[row / kWordRows];
        const size_t shift = row % kWordRows;
        const int strength = static_cast<int>(word.strength_low >> shift & 1) +
                             2 * static_cast<int>(word.strength_high >> shift & 1);
        met += (word.avoids >> shift & 1) != 0 ? -strength : strength;
      }
      score = Between(policy.unmet, met, all);
    }
    const auto most = static_cast<int32_t>(block_.hours_max().Get(row));
    const int32_t taken =
        most == 0 ? work_.start_weekly_hours : std::min(most, work_.start_weekly_hours);
    score = Part(score, HoursFactor(policy, work_, taken));
    if (block_.schedule()[row] != 0) {
      const Week& week = block_.schedules()[block_.schedule()[row]];
      const Week common = work_.schedule.empty() ? week : week & work_.schedule;
      score = Part(score, ScheduleFactor(policy, common.hours(), taken));
    }
    if (query_.distance_matters() && block_.way()[row] != 0) {
      const HomeMeans& way = block_.ways()[block_.way()[row]];
      const int32_t minutes =
          TravelMinutes(policy, way.means, block_.homes()[way.home], *work_.place);
      score = Part(score, TravelFactor(policy, minutes, block_.minutes_max()[row]));
    }
    return score;
  }

  BasisPoints PaceOf(uint32_t row) const {
    if ((block_.several_paces(row / kWordRows) & BitOf(row)) != 0) {
      return scratch_.several_scores[block_.SeveralPlace(row)];
    }
    BasisPoints weakest = kWhole;
    for (size_t index = 0; index < kPaceParts; ++index) {
      if (work_.pace[index] == 0) continue;
      const auto has = static_cast<int32_t>(block_.pace(static_cast<int>(index)).Get(row));
      weakest = std::min(
          weakest, has == 0 ? policy_.pace.unknown
                            : PartFit(has, work_.pace[index],
                                      ToleranceOf(policy_.pace, static_cast<PacePart>(index))));
    }
    return weakest;
  }

  HWY_NOINLINE void CountAndOffer() {
    least_score_ = best_.least_score();
    least_ = query_.LeastFor(least_score_);
    for (size_t word = 0; word < words_; ++word) {
      uint64_t ranked = scratch_.open[word];
      if (ranked == 0) continue;
      if (query_.asks_the_unknown()) {
        const uint64_t asked = ranked & scratch_.unknown[word];
        counts_.to_be_asked += std::popcount(asked);
        ranked &= ~asked;
        EachRow(asked, word, [&](uint32_t row) { Offer(row, Outcome::kToBeAsked, 0); });
      }
      if (query_.others_may_be_zero()) ranked &= ~AskPaceless(ranked, word);
      counts_.ranked += std::popcount(ranked);
      if (best_.least_score() >= least_score_ + kLeastScoreStep) {
        least_score_ = best_.least_score();
        least_ = query_.LeastFor(least_score_);
      }
      EachRow(Promising(ranked, word), word, [&](uint32_t row) { ScoreAndOffer(row); });
    }
  }

  // A pace that counts 0 while it is not known closes nothing: there is no score, and it is asked.
  uint64_t AskPaceless(uint64_t rows, size_t word) {
    uint64_t asked = 0;
    EachRow(rows, word, [&](uint32_t row) {
      if (PaceOf(row) != 0) return;
      asked |= BitOf(row);
      Offer(row, Outcome::kToBeAsked, 0);
    });
    counts_.to_be_asked += std::popcount(asked);
    return asked;
  }

  // Leaves out rows that cannot reach what is needed in one dimension, whatever the others are.
  HWY_NOINLINE uint64_t Promising(uint64_t rows, size_t word) const {
    if (least_score_ <= 1) return rows;
    if (!query_.skills().empty()) {
      const int64_t least_sum = least_.ability * query_.weight_sum();
      uint64_t able = 0;
      EachRow(rows, word, [&](uint32_t row) {
        able |= uint64_t{scratch_.sums[row] >= least_sum} << row % kWordRows;
      });
      rows &= able;
      if (rows == 0) return 0;
    }
    const BitPlanes& hours = block_.hours_max();
    rows &= hours.AtLeast(word, static_cast<uint32_t>(least_.weekly_hours)) | ~hours.NotZero(word);
    for (size_t part = 0; part < kPaceParts; ++part) {
      if (work_.pace[part] == 0) continue;
      const BitPlanes& pace = block_.pace(static_cast<int>(part));
      uint64_t enough = pace.AtLeast(word, static_cast<uint32_t>(least_.paces[part]));
      if (policy_.pace.unknown >= least_.pace) enough |= ~pace.NotZero(word);
      rows &= enough | block_.several_paces(word);
    }
    if (policy_.support.unknown < least_.support) rows &= block_.support_known(word);
    if (rows == 0) return 0;
    return rows & WishesPromising(word);
  }

  // Rows whose features alone may be enough: met / all against the least, a little generously.
  HWY_NOINLINE uint64_t WishesPromising(size_t word) const {
    const WishesPolicy& policy = policy_.wishes;
    const WishPlanes& wishes = block_.wishes();
    if (policy.unmet >= least_.wishes) return ~uint64_t{0};
    HWY_ALIGN std::array<uint64_t, 8> met{};
    HWY_ALIGN std::array<uint64_t, 8> unmet{};
    for (int feature : query_.features()) {
      const FeatureWord* words = wishes.Find(feature);
      if (words == nullptr) continue;
      const FeatureWord& bits = words[word];
      AddSpread(bits.strength_low & ~bits.avoids, bits.strength_high & ~bits.avoids, met);
      AddSpread(bits.strength_low & bits.avoids, bits.strength_high & bits.avoids, unmet);
    }
    // met * (ONE - unmet) / all >= least - unmet, in 256ths and rounded in favour of the row.
    const auto ratio = static_cast<uint16_t>((least_.wishes - policy.unmet) * 256 /
                                             std::max(1, kWhole - policy.unmet));
    uint64_t enough = 0;
    const hn::ScalableTag<uint16_t> tag;
    const hn::Rebind<uint8_t, decltype(tag)> half;
    const auto* met_bytes = reinterpret_cast<const uint8_t*>(met.data());
    const auto* unmet_bytes = reinterpret_cast<const uint8_t*>(unmet.data());
    const uint8_t* all = wishes.SumsOfAll(word * kWordRows);
    const uint8_t* avoids = wishes.SumsOfAvoids(word * kWordRows);
    const size_t lanes = hn::Lanes(tag);
    for (size_t row = 0; row < kWordRows; row += lanes) {
      const auto sum = hn::Sub(hn::Add(hn::PromoteTo(tag, hn::LoadU(half, met_bytes + row)),
                                       hn::PromoteTo(tag, hn::LoadU(half, avoids + row))),
                               hn::PromoteTo(tag, hn::LoadU(half, unmet_bytes + row)));
      const auto has = hn::ShiftLeft<8>(sum);
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

  // Adds the numbers of 64 rows, of two bits each, to 64 bytes.
  static void AddSpread(uint64_t low, uint64_t high, std::array<uint64_t, 8>& bytes) {
    for (size_t eight = 0; eight < 8; ++eight) {
      bytes[eight] += Spread(low >> 8 * eight & 255) + 2 * Spread(high >> 8 * eight & 255);
    }
  }
  // Bit n becomes byte n.
  static uint64_t Spread(uint64_t bits) {
    constexpr uint64_t kCopies = 0x0101010101010101;
    constexpr uint64_t kEachItsBit = 0x8040201008040201;
    constexpr uint64_t kAllButHigh = 0x7f7f7f7f7f7f7f7f;
    return (((bits * kCopies & kEachItsBit) + kAllButHigh) & ~kAllButHigh) >> 7;
  }

  HWY_NOINLINE void ScoreAndOffer(uint32_t row) {
    const Weights& weights = query_.basis().weights;
    Loss loss = 0;
    // The cheapest first: most rows end at one of them.
    const auto enough = [&](Dimension dimension, BasisPoints score) {
      loss += weights[static_cast<size_t>(dimension)] * LossOf(score);
      return loss <= least_.loss_max;
    };
    if (!enough(Dimension::kAbility, AbilityOf(row))) return;
    if (!enough(Dimension::kWishes, WishesOf(row))) return;
    if (!enough(Dimension::kSupport, SupportOf(row))) return;
    if (!enough(Dimension::kPace, PaceOf(row))) return;
    Offer(row, Outcome::kRanked, ScoreOf(loss / kWhole));
  }

  void Offer(uint32_t row, Outcome outcome, BasisPoints score) {
    const uint32_t last_shown = block_.last_shown(row);
    if (!best_.MayEnter(score, last_shown)) return;
    best_.Offer(outcome, score, last_shown, block_.NameOf(row), {&block_, row, nullptr});
  }

  // Looking a row up in a list takes as long as walking past so many postings.
  static constexpr size_t kLookUpFactor = 16;
  // What is needed for the list is worked out anew when its last score has risen by so much: an
  // older answer lets more rows through, and is as right.
  static constexpr BasisPoints kLeastScoreStep = 25;
  static constexpr BasisPoints kNotYet = -1;

  BestPeople& best_;
  BasisPoints least_score_ = 0;
  LeastNeeded least_{};
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
