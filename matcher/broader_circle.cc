#include "matcher/broader_circle.h"

#include <algorithm>
#include <cstddef>

namespace passend::matcher {
namespace {

enum class Visit : uint8_t { kNot, kOnPath, kDone };

// One concept on the way up, and which of its broader ones comes next.
struct Step {
  uint32_t at;
  size_t next;
};

std::vector<uint32_t> CircleFrom(const std::vector<Step>& path, uint32_t closing) {
  auto first = std::find_if(path.begin(), path.end(),
                            [closing](const Step& step) { return step.at == closing; });
  std::vector<uint32_t> circle;
  for (; first != path.end(); ++first) circle.push_back(first->at);
  std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
  return circle;
}

}  // namespace

std::vector<uint32_t> FindBroaderCircle(std::span<const std::vector<uint32_t>> broader) {
  std::vector<Visit> visits(broader.size(), Visit::kNot);
  // The path is kept here and not on the call stack: a chain may be as long as the vocabulary.
  std::vector<Step> path;
  for (uint32_t start = 0; start < broader.size(); ++start) {
    if (visits[start] != Visit::kNot) continue;
    visits[start] = Visit::kOnPath;
    path.push_back({start, 0});
    while (!path.empty()) {
      Step& step = path.back();
      if (step.next == broader[step.at].size()) {
        visits[step.at] = Visit::kDone;
        path.pop_back();
        continue;
      }
      const uint32_t above = broader[step.at][step.next++];
      if (visits[above] == Visit::kOnPath) return CircleFrom(path, above);
      if (visits[above] == Visit::kDone) continue;
      visits[above] = Visit::kOnPath;
      path.push_back({above, 0});
    }
  }
  return {};
}

}  // namespace passend::matcher
