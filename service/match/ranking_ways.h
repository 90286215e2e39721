// How a view's index is ranked: by itself, unless a test puts a mistake in between.
#ifndef PASSEND_SERVICE_MATCH_RANKING_WAYS_H_
#define PASSEND_SERVICE_MATCH_RANKING_WAYS_H_

#include <functional>

#include "absl/status/statusor.h"
#include "matcher/index_snapshot.h"

namespace passend::service {

// Any number of threads may call them.
struct RankingWays {
  std::function<absl::StatusOr<matcher::RankedPeople>(
      const matcher::IndexSnapshot&, const matcher::ScoringBasis&, const matcher::Work&,
      const matcher::RankOptions&)>
      people = std::mem_fn(&matcher::IndexSnapshot::RankAndCopyPeople);
  std::function<absl::StatusOr<matcher::RankedWorks>(
      const matcher::IndexSnapshot&, const matcher::ScoringBasis&, const matcher::Person&,
      const matcher::RankOptions&)>
      works = std::mem_fn(&matcher::IndexSnapshot::RankAndCopyWorks);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_RANKING_WAYS_H_
