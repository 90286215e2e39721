#include "matcher/work_ranker.h"

#include <algorithm>
#include <utility>

#include "matcher/best_list.h"
#include "matcher/person_query.h"

namespace passend::matcher {
namespace {

using WorkSource = const std::shared_ptr<const ShelvedWork>*;
struct NameOfWork {
  const std::string& operator()(WorkSource source) const { return (*source)->work.name; }
};
using BestWorks = BestList<WorkSource, NameOfWork>;

absl::Status Cancelled() {
  return absl::CancelledError("the caller no longer waits for this ranking");
}

}  // namespace

absl::StatusOr<WorkRanker::Result> WorkRanker::Rank(const ScoringBasis& basis, const Person& person,
                                                    const RankOptions& options,
                                                    const WorkSnapshot& snapshot) const {
  const auto expansions = expansions_.For(basis.policy.ability);
  PersonQuery query(basis, *expansions, person);
  BestWorks best(options.limit, options.seed);
  Result result;
  PoolCounts& counts = result.ranking.counts;
  size_t shelves = 0;
  for (const auto& shelf : snapshot) {
    if (shelves++ % 8 == 0 && options.cancelled()) return Cancelled();
    const FirstGates first_closed = query.FirstClosed(*shelf);
    for (size_t place = 0; place < shelf->works.size(); ++place) {
      const auto& shelved = shelf->works[place];
      if (!options.regions.empty() && !Matches(options.regions, shelved->work.region)) continue;
      if (first_closed[place] != GateCause::kNone) {
        ++counts.considered;
        ++counts.excluded[static_cast<size_t>(first_closed[place])];
        continue;
      }
      const auto verdict = query.Judge(*shelf, place, LossMaxFor(best.least_score()));
      Count(verdict.value_or(Verdict{Outcome::kRanked, 0, GateCause::kNone}), counts);
      if (!verdict || verdict->outcome == Outcome::kExcluded) continue;
      best.Offer(verdict->outcome, verdict->score, 0, &shelved);
    }
  }
  for (BestWorks::Place& place : best.Take()) {
    result.ranking.list.push_back({std::move(place.name), place.outcome, place.score});
    result.works.push_back(*place.source);
  }
  return result;
}

absl::StatusOr<std::vector<std::string>> WorkRanker::Nearest(const ScoringBasis& basis,
                                                             const Person& person,
                                                             const RankOptions& options,
                                                             const WorkSnapshot& snapshot) const {
  struct Near {
    size_t gates;
    RankKey key;
  };
  std::vector<Near> near;
  for (const auto& shelf : snapshot) {
    if (options.cancelled()) return Cancelled();
    for (const auto& shelved : shelf->works) {
      const Work& work = shelved->work;
      if (!Matches(options.regions, work.region)) continue;
      const Fit fit = ReferenceScorer(basis, work).Score(person);
      if (fit.outcome != Outcome::kExcluded) continue;
      // Were the gates open, a closed dimension would count the least there is.
      DimensionScores scores;
      for (size_t dimension = 0; dimension < kDimensions; ++dimension) {
        scores[dimension] = std::max(1, fit.dimensions[dimension].band.score);
      }
      near.push_back(
          {fit.gates.size(),
           {Combine(basis.weights, scores), 0, TieHash(options.seed, work.name), work.name}});
    }
  }
  std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) {
    return a.gates != b.gates ? a.gates < b.gates : ComesBefore(a.key, b.key);
  });
  if (near.size() > options.limit) near.resize(options.limit);
  std::vector<std::string> names;
  for (const Near& one : near) names.emplace_back(one.key.name);
  return names;
}

}  // namespace passend::matcher
