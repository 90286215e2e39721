#include "matcher/log_table.h"

#include <array>

namespace passend::matcher {
namespace {

// The first `bits` bits of log2(x / 2^62), one squaring a bit. Needs 2^62 <= x < 2^63.
int64_t FractionBits(uint64_t x, int bits) {
  int64_t fraction = 0;
  for (int bit = 0; bit < bits; ++bit) {
    __extension__ using Wide = unsigned __int128;
    x = static_cast<uint64_t>((static_cast<Wide>(x) * x) >> 62);
    fraction <<= 1;
    if (x >> 63 != 0) {
      fraction |= 1;
      x >>= 1;
    }
  }
  return fraction;
}

const std::array<int32_t, kWhole + 1>& Table() {
  static const auto table = [] {
    std::array<int32_t, kWhole + 1> losses{};
    for (BasisPoints score = 1; score <= kWhole; ++score) {
      losses[score] = static_cast<int32_t>(Log2Ratio(kWhole, score));
    }
    return losses;
  }();
  return table;
}

}  // namespace

int64_t Log2Ratio(int64_t numerator, int64_t denominator) {
  __extension__ using Wide = unsigned __int128;
  int whole = 0;
  while (numerator >> (whole + 1) >= denominator) ++whole;
  const Wide scaled =
      (static_cast<Wide>(numerator) << 62) / (static_cast<Wide>(denominator) << whole);
  // Sixteen bits are kept; the next twelve decide the rounding. No score of the table is nearer to
  // a tie than they can tell (tests/matcher/log_table_test.cc).
  const int64_t fraction = FractionBits(static_cast<uint64_t>(scaled), 28);
  return ((static_cast<int64_t>(whole) << 28) + fraction + (1 << 11)) >> 12;
}

Loss LossOf(BasisPoints score) { return Table()[score]; }

BasisPoints ScoreOf(Loss loss) {
  const auto& losses = Table();
  // Losses fall as scores grow: the last score that still loses enough.
  BasisPoints low = 0;
  BasisPoints high = kWhole;
  while (low < high) {
    const BasisPoints middle = (low + high + 1) / 2;
    if (losses[middle] >= loss) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

}  // namespace passend::matcher
