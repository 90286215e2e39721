// Comparing columns of bits, as many words at a time as the processor's vectors hold. Compiled for
// each instruction set by whoever includes it.
#if defined(PASSEND_MATCHER_ROW_BITS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef PASSEND_MATCHER_ROW_BITS_INL_H_
#undef PASSEND_MATCHER_ROW_BITS_INL_H_
#else
#define PASSEND_MATCHER_ROW_BITS_INL_H_
#endif

#include <hwy/highway.h>

#include <bit>

#include "matcher/bit_planes.h"

HWY_BEFORE_NAMESPACE();
namespace passend::matcher {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// The words that are looked at together; a group is a multiple of them.
using WordsTag = hn::CappedTag<uint64_t, kGroupWords>;
using Words = hn::Vec<WordsTag>;

HWY_INLINE Words WordsAt(const uint64_t* words) { return hn::LoadU(WordsTag(), words); }
HWY_INLINE Words NoRows() { return hn::Zero(WordsTag()); }
HWY_INLINE Words AllRows() { return hn::Set(WordsTag(), ~uint64_t{0}); }

// The rows whose value is at least `least`, from `word` on.
HWY_INLINE Words AtLeast(const BitPlanes& column, size_t word, uint32_t least) {
  if (static_cast<size_t>(std::bit_width(least)) > column.planes()) return NoRows();
  Words rows = AllRows();
  // From the lowest bit up: a higher bit decides, unless it is equal.
  for (size_t plane = 0; plane < column.planes(); ++plane) {
    const Words bits = WordsAt(column.Words(word, plane));
    rows = (least >> plane & 1) != 0 ? hn::And(rows, bits) : hn::Or(rows, bits);
  }
  return rows;
}

// The rows whose value is not 0.
HWY_INLINE Words NotZero(const BitPlanes& column, size_t word) {
  Words rows = NoRows();
  for (size_t plane = 0; plane < column.planes(); ++plane) {
    rows = hn::Or(rows, WordsAt(column.Words(word, plane)));
  }
  return rows;
}

// The rows whose bit number `bit` is set.
HWY_INLINE Words WithBit(const BitPlanes& column, size_t word, size_t bit) {
  return bit < column.planes() ? WordsAt(column.Words(word, bit)) : NoRows();
}

}  // namespace HWY_NAMESPACE
}  // namespace passend::matcher
HWY_AFTER_NAMESPACE();

#endif
