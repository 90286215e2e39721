// Types of support and which needs an offer answers.
#ifndef PASSEND_MATCHER_SUPPORT_LINE_H_
#define PASSEND_MATCHER_SUPPORT_LINE_H_

#include <cstdint>

namespace passend::matcher {

// Numbers of passend.v1.SupportSolution: 1-19 guidance, 20-39 organisational, 40-59 technical.
using SupportSolution = uint8_t;
inline constexpr SupportSolution kTransport = 42;

// Needs and offers meet on lines: all guidance is one line, every other solution is its own.
using SupportLine = uint8_t;
inline constexpr SupportLine kGuidanceLine = 0;
inline constexpr SupportLine kSupportLines = 64;

constexpr SupportLine LineOf(SupportSolution solution) {
  return solution < 20 ? kGuidanceLine : solution;
}

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_SUPPORT_LINE_H_
