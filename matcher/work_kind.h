// Kinds of work at which a tempo is measured, and which are near each other.
#ifndef PASSEND_MATCHER_WORK_KIND_H_
#define PASSEND_MATCHER_WORK_KIND_H_

#include <cstdint>

namespace passend::matcher {

// Numbers of passend.v1.WorkKind; 0 is not stated.
using WorkKind = uint8_t;
inline constexpr WorkKind kNoWorkKind = 0;

enum class KindDistance : uint8_t { kSame = 0, kSameGroup = 1, kOther = 2 };

// Work of no stated kind is no nearer to one kind than to another.
KindDistance DistanceBetween(WorkKind a, WorkKind b);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_WORK_KIND_H_
