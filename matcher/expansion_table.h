// Every concept's expansions under one policy, both ways round: what counts for a requirement, and
// what requirements a held skill counts for.
#ifndef PASSEND_MATCHER_EXPANSION_TABLE_H_
#define PASSEND_MATCHER_EXPANSION_TABLE_H_

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "matcher/taxonomy.h"
#include "matcher/work.h"

namespace passend::matcher {

// Immutable; any number of threads may read it. Making it takes as long as expanding every concept
// of the vocabulary: tens of milliseconds for ESCO.
class ExpansionTable {
 public:
  struct Use {
    ConceptIndex required;
    BasisPoints factor;
  };

  ExpansionTable(const Taxonomy& taxonomy, const AbilityPolicy& policy);

  // True where this policy relates and weighs skills as the one it was made for.
  bool ServesFor(const AbilityPolicy& policy) const;

  // Exactly Taxonomy::Expand.
  std::span<const Expansion> Expand(ConceptIndex required) const {
    return {expansions_.data() + expansion_starts_[required],
            expansions_.data() + expansion_starts_[required + 1]};
  }

  // RequirementWeight at an importance of 1, of each concept; at most kWhole.
  std::span<const int32_t> weights() const { return weights_; }

  // In order of requirement.
  std::span<const Use> UsesOf(ConceptIndex held) const {
    return {uses_.data() + use_starts_[held], uses_.data() + use_starts_[held + 1]};
  }
  size_t concepts() const { return use_starts_.size() - 1; }

 private:
  AbilityPolicy policy_;
  std::vector<uint32_t> expansion_starts_;  // one more than concepts
  std::vector<Expansion> expansions_;
  std::vector<uint32_t> use_starts_;  // one more than concepts
  std::vector<Use> uses_;
  std::vector<int32_t> weights_;
};

// The table of the policy that was used last; policies with other relations take turns rarely.
// Thread safety: all methods may be called from any thread.
class ExpansionTables {
 public:
  explicit ExpansionTables(std::shared_ptr<const Taxonomy> taxonomy);

  std::shared_ptr<const ExpansionTable> For(const AbilityPolicy& policy) const;

 private:
  const std::shared_ptr<const Taxonomy> taxonomy_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const ExpansionTable> last_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_EXPANSION_TABLE_H_
