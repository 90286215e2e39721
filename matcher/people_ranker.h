// Ranks the people of a snapshot. Keeps what is worth keeping from one ranking to the next: memory
// to work in, and how certainty ages under the policies in use.
//
// Thread safety: all methods may be called from any thread.
#ifndef PASSEND_MATCHER_PEOPLE_RANKER_H_
#define PASSEND_MATCHER_PEOPLE_RANKER_H_

#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/block_scan.h"
#include "matcher/people_pool.h"
#include "matcher/rank_options.h"

namespace passend::matcher {

class PeopleRanker {
 public:
  // `expansions` must outlive it.
  explicit PeopleRanker(const ExpansionTables& expansions) : expansions_(expansions) {}

  struct Result {
    Ranking ranking;
    std::vector<PersonSource> sources;  // one a place of the list; they point into the snapshot
  };

  // Exactly RankPlainly over the people of the asked regions. CANCELLED.
  absl::StatusOr<Result> Rank(const ScoringBasis& basis, const Work& work,
                              const RankOptions& options, const PeopleSnapshot& snapshot) const;

  // `basis` and `work` must outlive the query.
  PeopleQuery Compile(const ScoringBasis& basis, const Work& work) const;

 private:
  std::shared_ptr<const AgeingTable> AgeingFor(const AbilityPolicy& policy) const;
  std::unique_ptr<ScanScratch> TakeScratch() const;
  void GiveBack(std::unique_ptr<ScanScratch> scratch) const;

  const ExpansionTables& expansions_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<ScanScratch>> scratches_;
  mutable std::vector<std::shared_ptr<const AgeingTable>> ageings_;  // the last used first
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_PEOPLE_RANKER_H_
