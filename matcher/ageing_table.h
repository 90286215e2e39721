// Certainty by method and age, worked out once for a policy: what was validated ages by looking up
// an older day, so that nothing is rebuilt as time passes.
#ifndef PASSEND_MATCHER_AGEING_TABLE_H_
#define PASSEND_MATCHER_AGEING_TABLE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "matcher/certainty.h"

namespace passend::matcher {

// Immutable; any number of threads may read it.
class AgeingTable {
 public:
  // Ages in days from 0 to below this are in the table: 22 years.
  static constexpr int32_t kAges = 8'192;

  explicit AgeingTable(const AbilityPolicy& policy);

  const AbilityPolicy& policy() const { return policy_; }

  // Exactly AgedCertainty. Needs age_days >= 0.
  BasisPoints Certainty(Method method, int32_t age_days) const {
    if (age_days >= kAges) return AgedCertainty(policy_, method, age_days);
    return certainties_[Place(method, age_days)];
  }

  // What a full attainment is worth at that certainty. Needs age_days >= 0.
  BasisPoints Worth(Method method, int32_t age_days) const {
    if (age_days >= kAges) return WorthOf(AgedCertainty(policy_, method, age_days));
    return worths_[Place(method, age_days)];
  }
  BasisPoints WorthOf(BasisPoints certainty) const;

 private:
  static size_t Place(Method method, int32_t age_days) {
    return static_cast<size_t>(method) * kAges + static_cast<size_t>(age_days);
  }

  AbilityPolicy policy_;
  std::vector<uint16_t> certainties_;
  std::vector<uint16_t> worths_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_AGEING_TABLE_H_
