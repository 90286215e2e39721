// How a pool of people is laid out. Decides how long things take, and nothing that comes out of
// them.
#ifndef PASSEND_MATCHER_POOL_LAYOUT_H_
#define PASSEND_MATCHER_POOL_LAYOUT_H_

#include <cstddef>

#include "matcher/posting.h"

namespace passend::matcher {

struct PoolLayout {
  size_t recent_max = 32;             // people of a region who are kept as they came; 1 or more
  size_t block_rows = kBlockRowsMax;  // 1 to kBlockRowsMax
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_POOL_LAYOUT_H_
