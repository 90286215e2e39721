// Keeps the best `limit` of a stream of rank keys in a heap, worst on top.
#ifndef PASSEND_MATCHER_TOP_K_H_
#define PASSEND_MATCHER_TOP_K_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/ranking.h"

namespace passend::matcher {

// Not thread-safe. The names that are offered must outlive it.
class TopK {
 public:
  TopK(size_t limit, std::string_view seed) : limit_(limit), seed_(seed) {}

  // The tie hash is made only for those that may stay.
  void Offer(Outcome outcome, BasisPoints score, uint64_t last_shown, std::string_view name) {
    if (limit_ == 0) return;
    if (heap_.size() == limit_ && score < heap_.front().key.score) return;
    Entry entry{{score, last_shown, TieHash(seed_, name), name}, outcome};
    if (heap_.size() == limit_) {
      if (!ComesBefore(entry.key, heap_.front().key)) return;
      std::pop_heap(heap_.begin(), heap_.end(), Before);
      heap_.back() = entry;
    } else {
      heap_.push_back(entry);
    }
    std::push_heap(heap_.begin(), heap_.end(), Before);
  }

  // Best first. Empties it.
  std::vector<Ranked> Take() {
    std::sort_heap(heap_.begin(), heap_.end(), Before);
    std::vector<Ranked> list;
    list.reserve(heap_.size());
    for (const Entry& entry : heap_) {
      list.push_back({std::string(entry.key.name), entry.outcome, entry.key.score});
    }
    heap_.clear();
    return list;
  }

 private:
  struct Entry {
    RankKey key;
    Outcome outcome;
  };
  static bool Before(const Entry& a, const Entry& b) { return ComesBefore(a.key, b.key); }

  size_t limit_;
  std::string_view seed_;
  std::vector<Entry> heap_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_TOP_K_H_
