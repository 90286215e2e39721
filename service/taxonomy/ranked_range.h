// The best of any stretch of a list, one after the other, without looking at the rest.
#ifndef PASSEND_SERVICE_TAXONOMY_RANKED_RANGE_H_
#define PASSEND_SERVICE_TAXONOMY_RANKED_RANGE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace passend::service {

// A list of ranks that is asked, again and again, for the lowest ranks of some stretch of it: the
// places where words start with "s" are tens of thousands, of which ten are to be shown. A tree of
// the lowest rank of ever larger halves answers in about log2(size) steps a rank.
//
// Immutable after construction; any number of threads may read it.
class RankedRange {
 public:
  explicit RankedRange(const std::vector<uint32_t>& ranks);

  size_t size() const { return size_; }

  // Calls `visit` with the ranks at the places from `begin` up to `end`, lowest first, until it
  // returns false. Nothing where begin >= end. Needs end <= size().
  void VisitLowestFirst(size_t begin, size_t end,
                        const std::function<bool(uint32_t rank)>& visit) const;

 private:
  size_t size_;
  size_t leaves_;                 // a power of two, at least size_
  std::vector<uint32_t> lowest_;  // node n has the halves 2n and 2n + 1; leaves from leaves_ on
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_RANKED_RANGE_H_
