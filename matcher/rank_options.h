// What is asked of a ranking beside the work or the person.
#ifndef PASSEND_MATCHER_RANK_OPTIONS_H_
#define PASSEND_MATCHER_RANK_OPTIONS_H_

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace passend::matcher {

struct RankOptions {
  std::vector<std::string> regions;  // empty: everybody
  std::string seed;
  size_t limit = 0;
  // Asked now and then; true ends the ranking with CANCELLED.
  std::function<bool()> cancelled = [] { return false; };
};

inline bool Matches(const std::vector<std::string>& regions, const std::string& region) {
  return regions.empty() || std::find(regions.begin(), regions.end(), region) != regions.end();
}

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_RANK_OPTIONS_H_
