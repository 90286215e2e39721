// What the rows of one block have of the skills that are asked, compiled for each instruction set
// by block_scan.cc.
#if defined(PASSEND_MATCHER_BLOCK_SKILLS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef PASSEND_MATCHER_BLOCK_SKILLS_INL_H_
#undef PASSEND_MATCHER_BLOCK_SKILLS_INL_H_
#else
#define PASSEND_MATCHER_BLOCK_SKILLS_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "matcher/block_gates-inl.h"
#include "matcher/block_scan.h"

HWY_BEFORE_NAMESPACE();
namespace passend::matcher {
namespace HWY_NAMESPACE {

// Skills close gates for everybody; sums are made only for rows that are wanted, which are few. The
// skills that can add most come first, so that the long lists of common skills are read only for
// those whom they can still bring into the list.
class BlockSkills : public BlockGates {
 protected:
  using BlockGates::BlockGates;

  // Finds the lists of each skill that is asked.
  void OpenLists() {
    scratch_.lists.clear();
    scratch_.skills.clear();
    for (const SkillQuery& skill : query_.skills()) {
      OpenSkill open{&skill, scratch_.lists.size(), 0, 0};
      for (const SkillSource& source : skill.sources) {
        const LocalSkill local = block_.skills().Find(source.held);
        if (local == block_.skills().skills()) continue;
        const Attainment& attainment = skill.attainments[source.attainment];
        const auto list = block_.skills().List(local);
        scratch_.lists.push_back(
            {list.data(), list.data() + list.size(), list.data(), &attainment});
        open.gain_max = std::max(open.gain_max, skill.weight * (attainment.most - skill.start));
      }
      open.lists_end = scratch_.lists.size();
      scratch_.skills.push_back(open);
    }
    std::stable_sort(
        scratch_.skills.begin(), scratch_.skills.end(),
        [](const OpenSkill& a, const OpenSkill& b) { return a.gain_max > b.gain_max; });
  }

  HWY_NOINLINE void FindUnknown() {
    const Day as_of = query_.basis().as_of;
    scratch_.unknown.resize(words_);
    for (size_t word = 0; word < words_; ++word) {
      const uint64_t skilled = *block_.skilled(word);
      uint64_t ask = *block_.fading(word);
      if (as_of < block_.all_count_from()) ask = skilled;
      uint64_t unknown = ~skilled;
      EachRow(ask & scratch_.open[word], word, [&](uint32_t row) {
        if (!block_.HoldsAnySkill(row, as_of)) unknown |= BitOf(row);
      });
      scratch_.unknown[word] = unknown;
    }
  }

  // Closes those who lack a skill that cannot be learnt.
  HWY_NOINLINE void CloseLacking() {
    for (const OpenSkill& skill : scratch_.skills) {
      if (skill.query->learnable) continue;
      scratch_.has.assign(words_, 0);
      for (size_t place = skill.lists_begin; place < skill.lists_end; ++place) {
        MarkHolders(scratch_.lists[place]);
      }
      Close(GateCause::kSkillMissing, [&](size_t word) HWY_ATTR {
        return hn::Not(hn::Or(WordsAt(&scratch_.has[word]), WordsAt(&scratch_.unknown[word])));
      });
    }
  }

  // Sums what the rows of `wanted` from word `begin` to `end` have; rows that cannot come to
  // `least_sum` are dropped from `wanted`. To be called for one stretch of words after another.
  HWY_NOINLINE void SumSkills(size_t begin, size_t end, int64_t least_sum) {
    int64_t to_come = 0;
    for (const OpenSkill& skill : scratch_.skills) to_come += skill.gain_max;
    size_t rows = 0;
    for (size_t word = begin; word < end; ++word) {
      uint64_t& wanted = scratch_.wanted[word];
      if (query_.start_sum() + to_come < least_sum) wanted = 0;
      rows += static_cast<size_t>(std::popcount(wanted));
      EachRow(wanted, word, [&](uint32_t row) { scratch_.sums[row] = query_.start_sum(); });
    }
    for (const OpenSkill& skill : scratch_.skills) {
      if (rows == 0) return;
      AddSkill(skill, rows, begin, end);
      to_come -= skill.gain_max;
      if (query_.start_sum() + to_come < least_sum) {
        rows = DropBelow(least_sum - to_come, begin, end);
      }
    }
  }

 private:
  // Marks the open rows whose validations in a list come to anything, and perhaps others that are
  // not open: most are marked without a branch.
  void MarkHolders(OpenList list) {
    const auto take = [&](uint32_t row, BasisPoints fit) {
      if (fit > 0) scratch_.has[row / kWordRows] |= BitOf(row);
    };
    if (!list.attainment->counts_at_any_age) {
      EachFit(list, scratch_.open, open_rows_, 0, words_, take);
      return;
    }
    const uint32_t codes = list.attainment->counting_codes;
    uint64_t* has = scratch_.has.data();
    for (const Posting* at = list.begin; at != list.end;) {
      const uint32_t row = RowOf(*at);
      // One more may be read past the end of a list.
      if (RowOf(at[1]) != row && CodeOf(*at) < kPostingHigh) [[likely]] {
        const uint64_t counts = (codes >> CodeOf(*at) & 1) & uint64_t{ValueOf(*at) <= today_};
        has[row / kWordRows] |= counts << row % kWordRows;
        ++at;
      } else if ((scratch_.open[row / kWordRows] & BitOf(row)) != 0) {
        at = TakeRow(list, at, take);
      } else {
        at = RunEnd(at, list.end);
      }
    }
  }

  size_t DropBelow(int64_t least_sum, size_t begin, size_t end) {
    size_t rows = 0;
    for (size_t word = begin; word < end; ++word) {
      uint64_t able = 0;
      EachRow(scratch_.wanted[word], word, [&](uint32_t row) {
        able |= uint64_t{scratch_.sums[row] >= least_sum} << row % kWordRows;
      });
      scratch_.wanted[word] = able;
      rows += static_cast<size_t>(std::popcount(able));
    }
    return rows;
  }

  // One list needs no comparing; of several the best fit of each row counts.
  void AddSkill(const OpenSkill& skill, size_t rows, size_t begin, size_t end) {
    const BasisPoints start = skill.query->start;
    const auto add = [&](uint32_t row, BasisPoints fit) {
      scratch_.sums[row] += skill.query->weight * (fit - start);
    };
    if (skill.lists_end - skill.lists_begin == 1) {
      EachFit(scratch_.lists[skill.lists_begin], scratch_.wanted, rows, begin, end,
              [&](uint32_t row, BasisPoints fit) {
                if (fit > start) add(row, fit);
              });
      return;
    }
    for (size_t place = skill.lists_begin; place < skill.lists_end; ++place) {
      EachFit(scratch_.lists[place], scratch_.wanted, rows, begin, end,
              [&](uint32_t row, BasisPoints fit) {
                BasisPoints& best = scratch_.fits[row];
                if (fit <= start || fit <= best) return;
                if (best == 0) scratch_.touched.push_back(row);
                best = fit;
              });
    }
    for (uint32_t row : scratch_.touched) add(row, std::exchange(scratch_.fits[row], 0));
    scratch_.touched.clear();
  }

  // Calls `take(row, fit)` for each row of `wanted`, from word `begin` to `end`, that has a
  // validation in the list that counts. `rows` is about how many are wanted there.
  template <typename Take>
  HWY_INLINE void EachFit(OpenList& list, const std::vector<uint64_t>& wanted, size_t rows,
                          size_t begin, size_t end, const Take& take) {
    const uint64_t* bits = wanted.data();
    const Posting* at = Seek(list.at, list.end, begin * kWordRows);
    const Posting* stop = end == words_ ? list.end : Seek(at, list.end, end * kWordRows);
    if (rows * kSeekFactor < static_cast<size_t>(stop - at)) {
      for (size_t word = begin; word < end; ++word) {
        EachRow(bits[word], word, [&](uint32_t row) {
          at = Seek(at, stop, row);
          if (at != stop && RowOf(*at) == row) at = TakeRow(list, at, take);
        });
      }
    } else {
      while (at != stop) {
        const uint32_t row = RowOf(*at);
        if ((bits[row / kWordRows] >> row % kWordRows & 1) == 0) {
          ++at;
        } else {
          at = TakeRow(list, at, take);
        }
      }
    }
    list.at = stop;
  }

  // Takes what one row has, from its first posting on; returns where the next row's begins.
  template <typename Take>
  HWY_INLINE const Posting* TakeRow(const OpenList& list, const Posting* at, const Take& take) {
    const uint32_t row = RowOf(*at);
    const uint32_t code = CodeOf(*at);
    // One more may be read past the end of a list.
    if (RowOf(at[1]) != row && code < kPostingHigh) [[likely]] {
      const int32_t age = today_ - ValueOf(*at);
      if (age >= 0) {
        take(row, Part(list.attainment->by_code[code],
                       query_.ageing().Worth(static_cast<Method>(code / kLevelMax), age)));
      }
      return at + 1;
    }
    const Posting* run_end = RunEnd(at, list.end);
    TakeRun(*list.attainment, {at, run_end}, take);
    return run_end;
  }

  template <typename Take>
  HWY_NOINLINE void TakeRun(const Attainment& attainment, std::span<const Posting> run,
                            const Take& take) {
    const AgeingTable& ageing = query_.ageing();
    const Day as_of = query_.basis().as_of;
    Holding holding(ageing.policy(), as_of);
    EachValidation(run, block_.skills().base(), [&](const Validation& one) {
      if (CountsOn(one, as_of)) {
        holding.Add(one, ageing.Certainty(one.method, as_of - one.validated));
      }
      return true;
    });
    const auto held = holding.Result();
    if (!held) return;
    take(RowOf(run.front()), Part(attainment.by_level[static_cast<size_t>(held->level)],
                                  ageing.WorthOf(held->certainty)));
  }

  // The first posting of that row or of one after it: steps that double, then halves.
  static HWY_INLINE const Posting* Seek(const Posting* at, const Posting* end, size_t row) {
    ptrdiff_t step = 1;
    while (step < end - at && RowOf(at[step]) < row) {
      at += step;
      step *= 2;
    }
    ptrdiff_t left = std::min(step, end - at);
    while (left > 0) {
      const ptrdiff_t half = left / 2;
      const bool before = RowOf(at[half]) < row;
      at += before ? half + 1 : 0;
      left = before ? left - half - 1 : half;
    }
    return at;
  }

  // The day of the question, as postings count days.
  const int32_t today_ = static_cast<int32_t>(query_.basis().as_of - block_.skills().base());

  // Seeking a row takes about as long as walking past so many postings.
  static constexpr size_t kSeekFactor = 24;
};

}  // namespace HWY_NAMESPACE
}  // namespace passend::matcher
HWY_AFTER_NAMESPACE();

#endif
