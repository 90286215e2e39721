#include "matcher/block_scan.h"

// Compiled once for each instruction set that is worth it; the best that the processor has is
// chosen when it runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "matcher/block_scan.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "matcher/block_scan-inl.h"

#if HWY_ONCE
namespace passend::matcher {

HWY_EXPORT(ScanBlockHere);

void ScanBlock(const PeopleQuery& query, const PeopleBlock& block, std::span<const uint64_t> gone,
               ScanScratch& scratch, BestPeople& best, PoolCounts& counts) {
  HWY_DYNAMIC_DISPATCH(ScanBlockHere)(query, block, gone, scratch, best, counts);
}

size_t BytesWalked(const PeopleQuery& query, const PeopleBlock& block) {
  size_t bytes = block.ColumnBytes();
  for (const SkillQuery& skill : query.skills()) {
    for (const SkillSource& source : skill.sources) {
      const LocalSkill local = block.skills().Find(source.held);
      if (local != block.skills().skills()) bytes += block.skills().List(local).size_bytes();
    }
  }
  return bytes;
}

}  // namespace passend::matcher
#endif
