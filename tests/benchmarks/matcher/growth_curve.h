// Draws how times grow with the number of people, as an SVG picture.
#ifndef PASSEND_TESTS_BENCHMARKS_MATCHER_GROWTH_CURVE_H_
#define PASSEND_TESTS_BENCHMARKS_MATCHER_GROWTH_CURVE_H_

#include <map>
#include <string>
#include <vector>

namespace passend::matcher {

struct CurvePoint {
  double people;
  double milliseconds;
};
using Curves = std::map<std::string, std::vector<CurvePoint>>;

// Both axes logarithmic; a dashed line through the first curve's last point grows in proportion.
std::string DrawGrowth(const Curves& curves);

}  // namespace passend::matcher

#endif  // PASSEND_TESTS_BENCHMARKS_MATCHER_GROWTH_CURVE_H_
