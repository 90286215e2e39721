#include "matcher/expansion_table.h"

#include <utility>

#include "matcher/ability_fit.h"

namespace passend::matcher {

ExpansionTable::ExpansionTable(const Taxonomy& taxonomy, const AbilityPolicy& policy)
    : policy_(policy), expansion_starts_{0}, use_starts_(taxonomy.size() + 1) {
  for (ConceptIndex required = 0; required < taxonomy.size(); ++required) {
    for (const Expansion& expansion : taxonomy.Expand(required, policy)) {
      expansions_.push_back(expansion);
      ++use_starts_[expansion.held + 1];
    }
    expansion_starts_.push_back(static_cast<uint32_t>(expansions_.size()));
    weights_.push_back(static_cast<int32_t>(RequirementWeight(
        policy, Requirement{required, 1, 1, true}, taxonomy.specificity(required))));
  }
  for (size_t held = 0; held < taxonomy.size(); ++held) use_starts_[held + 1] += use_starts_[held];
  uses_.resize(expansions_.size());
  std::vector<uint32_t> next(use_starts_.begin(), use_starts_.end() - 1);
  for (ConceptIndex required = 0; required < taxonomy.size(); ++required) {
    for (const Expansion& expansion : Expand(required)) {
      uses_[next[expansion.held]++] = {required, expansion.factor};
    }
  }
}

bool ExpansionTable::ServesFor(const AbilityPolicy& policy) const {
  return policy.related == policy_.related && policy.mapping_exact == policy_.mapping_exact &&
         policy.mapping_close == policy_.mapping_close &&
         policy.mapping_narrower == policy_.mapping_narrower &&
         policy.specificity_exponent == policy_.specificity_exponent;
}

ExpansionTables::ExpansionTables(std::shared_ptr<const Taxonomy> taxonomy)
    : taxonomy_(std::move(taxonomy)) {}

std::shared_ptr<const ExpansionTable> ExpansionTables::For(const AbilityPolicy& policy) const {
  // Whoever comes while it is made waits: it would make the same.
  const std::lock_guard lock(mutex_);
  if (last_ == nullptr || !last_->ServesFor(policy)) {
    last_ = std::make_shared<const ExpansionTable>(*taxonomy_, policy);
  }
  return last_;
}

}  // namespace passend::matcher
