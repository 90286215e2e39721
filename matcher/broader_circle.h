// Finds a circle among broader concepts: nothing may be broader than itself, however far round.
#ifndef PASSEND_MATCHER_BROADER_CIRCLE_H_
#define PASSEND_MATCHER_BROADER_CIRCLE_H_

#include <cstdint>
#include <span>
#include <vector>

namespace passend::matcher {

// `broader[i]` lists the concepts that are broader than concept i; every number is less than
// broader.size(). Empty where there is no circle; otherwise one circle, each concept once, each
// followed by one that is broader and the last by the first, beginning with its smallest number.
// The same input gives the same circle. Linear in concepts and relations, at any depth.
std::vector<uint32_t> FindBroaderCircle(std::span<const std::vector<uint32_t>> broader);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_BROADER_CIRCLE_H_
