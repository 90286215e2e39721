#include "service/taxonomy/ranked_range.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <queue>
#include <utility>

namespace passend::service {

RankedRange::RankedRange(const std::vector<uint32_t>& ranks)
    : size_(ranks.size()),
      leaves_(std::bit_ceil(std::max<size_t>(1, ranks.size()))),
      lowest_(2 * leaves_, std::numeric_limits<uint32_t>::max()) {
  std::copy(ranks.begin(), ranks.end(), lowest_.begin() + static_cast<std::ptrdiff_t>(leaves_));
  for (size_t node = leaves_ - 1; node >= 1; --node) {
    lowest_[node] = std::min(lowest_[2 * node], lowest_[2 * node + 1]);
  }
}

void RankedRange::VisitLowestFirst(size_t begin, size_t end,
                                   const std::function<bool(uint32_t rank)>& visit) const {
  using Candidate = std::pair<uint32_t, size_t>;  // lowest rank, node
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates;
  const auto add = [&](size_t node) { candidates.emplace(lowest_[node], node); };
  // The fewest nodes that make up the stretch.
  for (size_t low = begin + leaves_, high = end + leaves_; low < high; low /= 2, high /= 2) {
    if (low % 2 == 1) add(low++);
    if (high % 2 == 1) add(--high);
  }
  while (!candidates.empty()) {
    const auto [rank, node] = candidates.top();
    candidates.pop();
    if (node >= leaves_) {
      if (!visit(rank)) return;
    } else {
      add(2 * node);
      add(2 * node + 1);
    }
  }
}

}  // namespace passend::service
