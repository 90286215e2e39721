// Keeps the best of a stream of rank keys in a heap, worst on top, each with where it was found.
#ifndef PASSEND_MATCHER_BEST_LIST_H_
#define PASSEND_MATCHER_BEST_LIST_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/ranking.h"

namespace passend::matcher {

// Not thread-safe. `Source` is copied.
template <typename Source>
class BestList {
 public:
  struct Entry {
    BasisPoints score;
    uint64_t last_shown;
    uint64_t tie;
    std::string name;
    Outcome outcome;
    Source source;

    RankKey key() const { return {score, last_shown, tie, name}; }
  };

  BestList(size_t limit, std::string_view seed) : limit_(limit), seed_(seed) {}

  // No score below this one can enter.
  BasisPoints least_score() const {
    return heap_.size() == limit_ && limit_ > 0 ? worst().score : 0;
  }

  // False where no name would get this key into the list: then the name need not be looked up.
  bool MayEnter(BasisPoints score, uint64_t last_shown) const {
    if (limit_ == 0) return false;
    if (heap_.size() < limit_ || score > worst().score) return true;
    return score == worst().score && last_shown <= worst().last_shown;
  }

  void Offer(Outcome outcome, BasisPoints score, uint64_t last_shown, std::string_view name,
             Source source) {
    if (!MayEnter(score, last_shown)) return;
    const RankKey key{score, last_shown, TieHash(seed_, name), name};
    if (heap_.size() == limit_) {
      if (!ComesBefore(key, worst().key())) return;
      std::pop_heap(heap_.begin(), heap_.end(), Before);
      heap_.pop_back();
    }
    heap_.push_back({score, last_shown, key.tie, std::string(name), outcome, std::move(source)});
    std::push_heap(heap_.begin(), heap_.end(), Before);
  }

  // Best first. Empties it.
  std::vector<Entry> Take() {
    std::sort_heap(heap_.begin(), heap_.end(), Before);
    return std::exchange(heap_, {});
  }

 private:
  static bool Before(const Entry& a, const Entry& b) { return ComesBefore(a.key(), b.key()); }
  const Entry& worst() const { return heap_.front(); }

  size_t limit_;
  std::string_view seed_;
  std::vector<Entry> heap_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_BEST_LIST_H_
