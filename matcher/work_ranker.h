// Ranks the work of a snapshot for one person.
//
// Thread safety: all methods may be called from any thread.
#ifndef PASSEND_MATCHER_WORK_RANKER_H_
#define PASSEND_MATCHER_WORK_RANKER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/expansion_table.h"
#include "matcher/rank_options.h"
#include "matcher/ranking.h"
#include "matcher/work_shelf.h"

namespace passend::matcher {

class WorkRanker {
 public:
  // `expansions` must outlive it.
  explicit WorkRanker(const ExpansionTables& expansions) : expansions_(expansions) {}

  struct Result {
    Ranking ranking;
    std::vector<std::shared_ptr<const ShelvedWork>> works;  // one a place of the list
  };

  // Exactly RankWorkPlainly over the work in the asked regions. CANCELLED.
  absl::StatusOr<Result> Rank(const ScoringBasis& basis, const Person& person,
                              const RankOptions& options, const WorkSnapshot& snapshot) const;

  // See IndexSnapshot::NearestWorks. CANCELLED.
  absl::StatusOr<std::vector<std::string>> Nearest(const ScoringBasis& basis, const Person& person,
                                                   const RankOptions& options,
                                                   const WorkSnapshot& snapshot) const;

 private:
  const ExpansionTables& expansions_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_WORK_RANKER_H_
