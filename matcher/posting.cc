#include "matcher/posting.h"

#include <algorithm>

namespace passend::matcher {
namespace {

bool InRange(int64_t days) { return -kPostingDaysMax <= days && days <= kPostingDaysMax; }

}  // namespace

bool FitsPostings(const Validation& validation, Day base) {
  return validation.level >= 1 && validation.level <= kLevelMax &&
         static_cast<int>(validation.method) < kMethods &&
         InRange(int64_t{validation.validated} - base) &&
         InRange(int64_t{validation.expires.value_or(validation.validated)} -
                 validation.validated) &&
         InRange(int64_t{validation.revoked.value_or(validation.validated)} - validation.validated);
}

}  // namespace passend::matcher
