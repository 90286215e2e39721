// One person and everything a score depends on beside the work, compiled for shelves of work.
#ifndef PASSEND_MATCHER_PERSON_QUERY_H_
#define PASSEND_MATCHER_PERSON_QUERY_H_

#include <array>
#include <optional>
#include <vector>

#include "matcher/skill_reach.h"
#include "matcher/work_shelf.h"

namespace passend::matcher {

// Not thread-safe: it remembers fits, and which pace tells most at a kind of work. `basis`,
// `expansions` and `person` must outlive it.
class PersonQuery {
 public:
  PersonQuery(const ScoringBasis& basis, const ExpansionTable& expansions, const Person& person);

  // The first gate of the wishes that is closed, of each task of a shelf.
  FirstGates FirstClosed(const Shelf& shelf) const {
    return shelf.gates.FirstClosed(person_.wishes, reach_meters_squared_);
  }

  // The verdict on a task of a shelf whose gates of the wishes are open. Nullopt: it is ranked, and
  // loses more than `loss_max`, see LossMaxFor.
  std::optional<Verdict> Judge(const Shelf& shelf, size_t place, Loss loss_max);

 private:
  // A line on which something is needed.
  struct NeededLine {
    SupportLine line;
    int64_t weight;
    int64_t needed_hundredths;
  };

  void FindNeeds();
  const PaceAmounts& AmountsAt(WorkKind kind);
  PartVerdict JudgePace(const WorkFacts& facts);
  BasisPoints SupportOf(const WorkFacts& facts, const OfferedByLine& offered_hundredths) const;

  const ScoringBasis& basis_;
  const Person& person_;
  SkillReach reach_;
  // Whether a dimension can come to 0 with no gate closed: then every score is worked out.
  const bool any_may_be_zero_;
  int64_t reach_meters_squared_ = 0;  // of the person's travel; 0: not known
  uint64_t essential_lines_ = 0;
  std::vector<NeededLine> needs_;
  int64_t need_weight_ = 0;
  std::array<std::optional<PaceAmounts>, 256> amounts_;  // by kind of work; 0: not known
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_PERSON_QUERY_H_
