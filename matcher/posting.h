// One validation of one skill of one row of a block, in four bytes.
//
// A skill's list holds its rows in ascending order; what one row holds of it is a run of postings:
//
//   [high] validation ([high] expires)? ([high] revoked)?   once for each validation
//
// so that a list of plain, single validations is one number a row.
#ifndef PASSEND_MATCHER_POSTING_H_
#define PASSEND_MATCHER_POSTING_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "matcher/certainty.h"

namespace passend::matcher {

//   31..18 row   17..13 code   12..0 value
using Posting = uint32_t;

inline constexpr int kRowBits = 14;
inline constexpr size_t kBlockRowsMax = size_t{1} << kRowBits;
inline constexpr int kPostingRowShift = 18;
inline constexpr int kPostingCodeShift = 13;
inline constexpr uint32_t kPostingCodeMask = 31;
inline constexpr uint32_t kPostingValueMask = (1u << kPostingCodeShift) - 1;
// Days are kept relative to a day of the block, in 26 bits with sign.
inline constexpr int64_t kPostingDaysMax = (int64_t{1} << 25) - 1;

// Codes below are method * kLevelMax + level - 1; the value is the day of validation.
inline constexpr uint32_t kPostingHigh = kMethods * kLevelMax;  // bits 13 up of the next value
inline constexpr uint32_t kPostingExpires = kPostingHigh + 1;   // days after the validation
inline constexpr uint32_t kPostingRevoked = kPostingHigh + 2;   // days after the validation

constexpr uint32_t RowOf(Posting posting) { return posting >> kPostingRowShift; }
constexpr uint32_t CodeOf(Posting posting) {
  return posting >> kPostingCodeShift & kPostingCodeMask;
}
constexpr int32_t ValueOf(Posting posting) {
  return static_cast<int32_t>(posting & kPostingValueMask);
}

// The lowest bits of `value`.
constexpr Posting MakePosting(uint32_t row, uint32_t code, int64_t value) {
  return row << kPostingRowShift | code << kPostingCodeShift |
         (static_cast<uint32_t>(value) & kPostingValueMask);
}

// True where the validation can be told in postings with days relative to `base`.
bool FitsPostings(const Validation& validation, Day base);

// Calls `visit` with each validation of one run, in its order, until it returns false.
template <typename Visit>
void EachValidation(std::span<const Posting> run, Day base, const Visit& visit) {
  constexpr int64_t kSignedRange = int64_t{1} << 26;
  std::optional<Validation> last;
  int64_t high = 0;
  for (const Posting posting : run) {
    const uint32_t code = CodeOf(posting);
    if (code == kPostingHigh) {
      high = int64_t{ValueOf(posting)} << kPostingCodeShift;
      continue;
    }
    int64_t days = high | ValueOf(posting);
    if (days >= kSignedRange / 2) days -= kSignedRange;
    high = 0;
    if (code == kPostingExpires) {
      last->expires = static_cast<Day>(last->validated + days);
    } else if (code == kPostingRevoked) {
      last->revoked = static_cast<Day>(last->validated + days);
    } else {
      if (last && !visit(*last)) return;
      last = Validation{static_cast<Method>(code / kLevelMax),
                        static_cast<int8_t>(code % kLevelMax + 1),
                        static_cast<Day>(base + days),
                        {},
                        {}};
    }
  }
  if (last) visit(*last);
}

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_POSTING_H_
