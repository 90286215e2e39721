// Keeps the best of a stream of offers in a heap, worst on top, each with where it was found.
#ifndef PASSEND_MATCHER_BEST_LIST_H_
#define PASSEND_MATCHER_BEST_LIST_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/ranking.h"

namespace passend::matcher {

// `NameOf` gives the name of a Source, for as long as the list is there. It is asked only where two
// are alike in all else, and at the end: to unpack a name takes longer than to score its row.
// Not thread-safe. `Source` is copied.
template <typename Source, typename NameOf>
class BestList {
 public:
  struct Place {
    std::string name;
    Outcome outcome;
    BasisPoints score;
    Source source;
  };

  BestList(size_t limit, std::string_view seed) : limit_(limit), seed_(seed) {}

  // No score below this one can enter.
  BasisPoints least_score() const {
    return heap_.size() == limit_ && limit_ > 0 ? worst().score : 0;
  }

  void Offer(Outcome outcome, BasisPoints score, uint64_t last_shown, const Source& source) {
    if (!MayEnter(score, last_shown)) return;
    Entry entry{score, outcome, last_shown, source};
    const auto before = [this](const Entry& a, const Entry& b) { return Before(a, b); };
    if (heap_.size() == limit_) {
      if (!Before(entry, worst())) return;
      std::pop_heap(heap_.begin(), heap_.end(), before);
      heap_.pop_back();
    }
    heap_.push_back(std::move(entry));
    std::push_heap(heap_.begin(), heap_.end(), before);
  }

  // Best first. Empties it.
  std::vector<Place> Take() {
    std::sort_heap(heap_.begin(), heap_.end(),
                   [this](const Entry& a, const Entry& b) { return Before(a, b); });
    std::vector<Place> places;
    places.reserve(heap_.size());
    for (Entry& entry : heap_) {
      Identify(entry);
      places.push_back({std::move(entry.name), entry.outcome, entry.score, entry.source});
    }
    heap_.clear();
    return places;
  }

 private:
  struct Entry {
    BasisPoints score;
    Outcome outcome;
    uint64_t last_shown;
    Source source;
    // Set together, by Identify.
    mutable bool identified = false;
    mutable uint64_t tie = 0;
    mutable std::string name = {};
  };

  void Identify(const Entry& entry) const {
    if (entry.identified) return;
    entry.name = NameOf()(entry.source);
    entry.tie = TieHash(seed_, entry.name);
    entry.identified = true;
  }

  // As ComesBefore.
  bool Before(const Entry& a, const Entry& b) const {
    if (a.score != b.score || a.last_shown != b.last_shown) {
      return ComesBefore({a.score, a.last_shown, 0, ""}, {b.score, b.last_shown, 0, ""});
    }
    Identify(a);
    Identify(b);
    return ComesBefore({a.score, a.last_shown, a.tie, a.name},
                       {b.score, b.last_shown, b.tie, b.name});
  }

  // False where no name would get this key into the list.
  bool MayEnter(BasisPoints score, uint64_t last_shown) const {
    if (limit_ == 0) return false;
    if (heap_.size() < limit_ || score > worst().score) return true;
    return score == worst().score && last_shown <= worst().last_shown;
  }

  const Entry& worst() const { return heap_.front(); }

  size_t limit_;
  std::string_view seed_;
  std::vector<Entry> heap_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_BEST_LIST_H_
