// One piece of work and everything a score depends on beside the people, compiled for the columns
// of people blocks.
#ifndef PASSEND_MATCHER_PEOPLE_QUERY_H_
#define PASSEND_MATCHER_PEOPLE_QUERY_H_

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "matcher/ageing_table.h"
#include "matcher/expansion_table.h"
#include "matcher/judge.h"
#include "matcher/reference_scorer.h"
#include "matcher/travel.h"

namespace passend::matcher {

// What levels held of a skill come to against the level that is asked.
struct Attainment {
  BasisPoints factor;  // of the skill that counts
  BasisPoints most;    // of all levels
  std::array<BasisPoints, kLevelMax + 1> by_level;
  std::array<BasisPoints, kMethods * kLevelMax> by_code;  // of postings
  // Bit n: code n comes to more than 0. Whether that is so whatever the certainty.
  uint32_t counting_codes;
  bool counts_at_any_age;
};

// A skill that counts for a requirement.
struct SkillSource {
  ConceptIndex held;
  uint32_t attainment;  // its place in SkillQuery::attainments
};

struct SkillQuery {
  int64_t weight;
  BasisPoints start;  // what nothing at all comes to
  bool learnable;
  std::vector<SkillSource> sources;
  std::vector<Attainment> attainments;  // one a factor: few
};

// What somebody has to reach at least to come before the last of a full list. Necessary, not
// sufficient: a row that misses one of these is in no list, whatever else it has.
struct LeastNeeded {
  Loss loss_max;  // LossMaxFor the score
  BasisPoints ability;
  BasisPoints wishes;
  BasisPoints pace;
  BasisPoints support;
  int32_t weekly_hours;  // of those whose hours are known
  PaceAmounts paces;     // of those whose pace is known
};

// Immutable; any number of threads may read it. `basis` and `work` must outlive it.
class PeopleQuery {
 public:
  PeopleQuery(const ScoringBasis& basis, const Work& work, const ExpansionTable& expansions,
              std::shared_ptr<const AgeingTable> ageing);

  const ScoringBasis& basis() const { return basis_; }
  const Policy& policy() const { return basis_.policy; }
  const Work& work() const { return work_; }
  const AgeingTable& ageing() const { return *ageing_; }

  const std::vector<SkillQuery>& skills() const { return skills_; }
  int64_t weight_sum() const { return weight_sum_; }
  int64_t start_sum() const { return start_sum_; }  // sum(weight * start)
  bool any_unlearnable() const { return any_unlearnable_; }
  // Whether somebody of whom no skill is known has an ability of 0 here, and is to be asked.
  bool asks_the_unknown() const {
    return !skills_.empty() && (any_unlearnable_ || start_sum_ < weight_sum_);
  }

  const OfferedByLine& offered_hundredths() const { return offered_hundredths_; }
  bool distance_matters() const { return distance_matters_; }
  int32_t least_hours() const { return least_hours_; }  // that the person has to take
  const std::vector<int>& features() const { return features_; }
  // Those that close the work to whoever never wants them.
  const std::vector<int>& closing_features() const { return closing_features_; }

  // DistanceBetween the kind of the work and another.
  uint8_t kind_distance(WorkKind kind) const { return kind_distances_[kind]; }

  // The parts of the pace that are asked, in order.
  std::span<const size_t> pace_parts() const { return pace_parts_; }
  // The least amount of each part that closes nothing; of parts that are asked.
  const PaceAmounts& pace_open() const { return pace_open_; }

  // Whether a dimension can come to 0 with no gate closed: then "nothing fits" is looked for.
  bool ability_may_be_zero() const { return ability_may_be_zero_; }
  bool others_may_be_zero() const { return others_may_be_zero_; }

  // For a score of at least `score` (0 or more).
  LeastNeeded LeastFor(BasisPoints score) const;

 private:
  const ScoringBasis& basis_;
  const Work& work_;
  OfferedByLine offered_hundredths_;
  std::shared_ptr<const AgeingTable> ageing_;
  std::vector<SkillQuery> skills_;
  int64_t weight_sum_ = 0;
  int64_t start_sum_ = 0;
  bool any_unlearnable_ = false;
  bool distance_matters_;
  int32_t least_hours_;
  std::vector<int> features_;
  std::vector<int> closing_features_;
  std::array<uint8_t, 256> kind_distances_;
  std::vector<size_t> pace_parts_;
  PaceAmounts pace_open_{};
  bool ability_may_be_zero_ = false;
  bool others_may_be_zero_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_PEOPLE_QUERY_H_
