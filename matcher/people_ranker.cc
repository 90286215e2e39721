#include "matcher/people_ranker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "matcher/query_plan.h"

namespace passend::matcher {
namespace {

// Policies in use at the same time, in practice: the one before and the one after a change.
constexpr size_t kAgeingsMax = 4;
// Rankings at the same time whose memory is kept: more than processors of a large machine.
constexpr size_t kScratchesMax = 64;
// How many plain people are judged between two questions whether the caller is still there.
constexpr size_t kCancellationStride = 1'024;

absl::Status Cancelled() {
  return absl::CancelledError("the caller no longer waits for this ranking");
}

// Judges people who are in no block; false when cancelled.
bool JudgeApart(const PeopleQuery& query, std::optional<QueryPlan>& plan,
                const std::vector<std::shared_ptr<const Person>>& people,
                const RankOptions& options, BestPeople& best, PoolCounts& counts) {
  QueryPlan::Scratch scratch;
  size_t judged = 0;
  for (const auto& person : people) {
    if (judged++ % kCancellationStride == 0 && options.cancelled()) return false;
    if (!plan) plan.emplace(query.basis(), query.work());
    const Verdict verdict = plan->Judge(*person, scratch);
    Count(verdict, counts);
    if (verdict.outcome == Outcome::kExcluded) continue;
    best.Offer(verdict.outcome, verdict.score, person->last_shown, {nullptr, 0, person.get()});
  }
  return true;
}

}  // namespace

std::shared_ptr<const AgeingTable> PeopleRanker::AgeingFor(const AbilityPolicy& policy) const {
  const auto use_first = [&]() -> std::shared_ptr<const AgeingTable> {
    const auto found = std::find_if(ageings_.begin(), ageings_.end(),
                                    [&](const auto& one) { return one->policy() == policy; });
    if (found == ageings_.end()) return nullptr;
    std::rotate(ageings_.begin(), found, found + 1);
    return ageings_.front();
  };
  {
    const std::lock_guard lock(mutex_);
    if (auto known = use_first()) return known;
  }
  auto made = std::make_shared<const AgeingTable>(policy);
  const std::lock_guard lock(mutex_);
  if (auto known = use_first()) return known;
  ageings_.insert(ageings_.begin(), made);
  if (ageings_.size() > kAgeingsMax) ageings_.pop_back();
  return made;
}

PeopleQuery PeopleRanker::Compile(const ScoringBasis& basis, const Work& work) const {
  return PeopleQuery(basis, work, *expansions_.For(basis.policy.ability),
                     AgeingFor(basis.policy.ability));
}

std::unique_ptr<ScanScratch> PeopleRanker::TakeScratch() const {
  const std::lock_guard lock(mutex_);
  if (scratches_.empty()) return std::make_unique<ScanScratch>();
  auto scratch = std::move(scratches_.back());
  scratches_.pop_back();
  return scratch;
}

void PeopleRanker::GiveBack(std::unique_ptr<ScanScratch> scratch) const {
  const std::lock_guard lock(mutex_);
  if (scratches_.size() < kScratchesMax) scratches_.push_back(std::move(scratch));
}

absl::StatusOr<PeopleRanker::Result> PeopleRanker::Rank(const ScoringBasis& basis, const Work& work,
                                                        const RankOptions& options,
                                                        const PeopleSnapshot& snapshot) const {
  const PeopleQuery query = Compile(basis, work);
  BestPeople best(options.limit, options.seed);
  Result result;
  PoolCounts& counts = result.ranking.counts;
  std::optional<QueryPlan> plan;  // for people in no block; not every query meets any
  auto scratch = TakeScratch();
  for (const auto& region : snapshot.regions) {
    if (!Matches(options.regions, region->region)) continue;
    for (const RegionPeople::Part& part : region->parts) {
      if (options.cancelled()) return Cancelled();
      ScanBlock(query, *part.block,
                part.gone == nullptr ? std::span<const uint64_t>() : std::span(*part.gone),
                *scratch, best, counts);
    }
    if (!JudgeApart(query, plan, region->recent, options, best, counts) ||
        !JudgeApart(query, plan, region->odd, options, best, counts)) {
      return Cancelled();
    }
  }
  GiveBack(std::move(scratch));
  for (BestPeople::Place& place : best.Take()) {
    result.ranking.list.push_back({std::move(place.name), place.outcome, place.score});
    result.sources.push_back(place.source);
  }
  return result;
}

}  // namespace passend::matcher
