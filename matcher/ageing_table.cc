#include "matcher/ageing_table.h"

#include <algorithm>

#include "matcher/log_table.h"

namespace passend::matcher {

AgeingTable::AgeingTable(const AbilityPolicy& policy)
    : policy_(policy), certainties_(kMethods * kAges), worths_(kMethods * kAges) {
  const BasisPoints self = policy.methods[static_cast<int>(Method::kSelfDeclared)].certainty;
  for (int index = 0; index < kMethods; ++index) {
    const auto method = static_cast<Method>(index);
    const MethodCertainty& fresh = policy.methods[index];
    // ScoreOf, walked down: it falls as the age grows.
    BasisPoints part = kWhole;
    BasisPoints last = -1;
    uint16_t worth = 0;
    for (int32_t age = 0; age < kAges; ++age) {
      BasisPoints certainty = fresh.certainty;
      if (age > fresh.grace_days) {
        const Loss halvings = kHalving * (age - fresh.grace_days) / fresh.half_life_days;
        while (part > 0 && LossOf(part) < halvings) --part;
        certainty = std::max(Part(fresh.certainty, part), std::min(fresh.certainty, self));
      }
      if (certainty != last) worth = static_cast<uint16_t>(WorthOf(certainty));
      last = certainty;
      certainties_[Place(method, age)] = static_cast<uint16_t>(certainty);
      worths_[Place(method, age)] = worth;
    }
  }
}

BasisPoints AgeingTable::WorthOf(BasisPoints certainty) const {
  return Between(policy_.certainty_floor, std::min(certainty, policy_.certainty_full),
                 policy_.certainty_full);
}

}  // namespace passend::matcher
