#include "matcher/work_ranker.h"

#include <algorithm>
#include <utility>

#include "matcher/best_list.h"
#include "matcher/pace_fit.h"
#include "matcher/wish_fit.h"

namespace passend::matcher {
namespace {

using BestWorks = BestList<const std::shared_ptr<const ShelvedWork>*>;

absl::Status Cancelled() {
  return absl::CancelledError("the caller no longer waits for this ranking");
}

// The first gate of JudgeWishes, from the gates alone.
GateCause FirstClosed(const WishesPolicy& policy, const WorkGates& gates, const Wishes& wishes) {
  if (wishes.forms != 0 && (wishes.forms >> gates.form & 1) == 0) {
    return GateCause::kParticipationForm;
  }
  if ((wishes.never & gates.features) != 0) return GateCause::kWishNever;
  if (wishes.weekly_hours_max != 0 && (wishes.weekly_hours_max < gates.least_weekly_hours ||
                                       wishes.weekly_hours_min > gates.start_weekly_hours)) {
    return GateCause::kHours;
  }
  if (!wishes.schedule.empty() && !gates.schedule.empty() &&
      (wishes.schedule & gates.schedule).empty()) {
    return GateCause::kSchedule;
  }
  if (gates.distance_matters && wishes.travel &&
      TravelMinutes(policy, wishes.travel->means, wishes.travel->home, gates.place) >
          wishes.travel->minutes_max) {
    return GateCause::kTravel;
  }
  return GateCause::kNone;
}

// One person, against any number of tasks.
class WorkJudge {
 public:
  WorkJudge(const ScoringBasis& basis, const ExpansionTable& expansions, const Person& person)
      : basis_(basis), person_(person), reach_(basis, expansions, person) {}

  // Of a task that no gate of the wishes closes, unless a policy makes them 0.
  Verdict Judge(const ShelvedWork& shelved, bool distance_matters) const {
    const Policy& policy = basis_.policy;
    const Work& work = shelved.work;
    const AbilityVerdict ability = reach_.Judge(work.requirements);
    if (ability.cause != GateCause::kNone) return {Outcome::kExcluded, 0, ability.cause};
    const PartVerdict pace = JudgePaces(policy.pace, work, person_.paces);
    if (pace.cause != GateCause::kNone) return {Outcome::kExcluded, 0, pace.cause};
    PartVerdict support{policy.support.unknown, GateCause::kNone};
    if (person_.support_known) {
      support = JudgeNeeds(policy.support, shelved.offered_hundredths, person_.needs);
    }
    if (support.cause != GateCause::kNone) return {Outcome::kExcluded, 0, support.cause};
    const PartVerdict wishes = JudgeWishes(policy.wishes, work, !distance_matters, person_.wishes);
    return JudgeWhole(basis_.weights, ability, wishes.score, pace.score, support.score);
  }

  GateCause FirstClosedOf(const WorkGates& gates) const {
    return FirstClosed(basis_.policy.wishes, gates, person_.wishes);
  }

 private:
  const ScoringBasis& basis_;
  const Person& person_;
  SkillReach reach_;
};

}  // namespace

absl::StatusOr<WorkRanker::Result> WorkRanker::Rank(const ScoringBasis& basis, const Person& person,
                                                    const RankOptions& options,
                                                    const WorkSnapshot& snapshot) const {
  const auto expansions = expansions_.For(basis.policy.ability);
  const WorkJudge judge(basis, *expansions, person);
  BestWorks best(options.limit, options.seed);
  Result result;
  PoolCounts& counts = result.ranking.counts;
  size_t shelves = 0;
  for (const auto& shelf : snapshot) {
    if (shelves++ % 8 == 0 && options.cancelled()) return Cancelled();
    for (size_t place = 0; place < shelf->works.size(); ++place) {
      const auto& shelved = shelf->works[place];
      if (!options.regions.empty() && !Matches(options.regions, shelved->work.region)) continue;
      const WorkGates& gates = shelf->gates[place];
      Verdict verdict{Outcome::kExcluded, 0, judge.FirstClosedOf(gates)};
      if (verdict.first_cause == GateCause::kNone) {
        verdict = judge.Judge(*shelved, gates.distance_matters);
      }
      Count(verdict, counts);
      if (verdict.outcome == Outcome::kExcluded || !best.MayEnter(verdict.score, 0)) continue;
      best.Offer(verdict.outcome, verdict.score, 0, shelved->work.name, &shelved);
    }
  }
  for (BestWorks::Entry& entry : best.Take()) {
    result.ranking.list.push_back({std::move(entry.name), entry.outcome, entry.score});
    result.works.push_back(*entry.source);
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
