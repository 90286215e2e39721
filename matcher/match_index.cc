#include "matcher/match_index.h"

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "matcher/fair_shared_mutex.h"
#include "matcher/people_pool.h"
#include "matcher/people_ranker.h"
#include "matcher/query_plan.h"
#include "matcher/top_k.h"

namespace passend::matcher {
namespace {

// How many are judged between two questions whether the caller is still there.
constexpr size_t kCancellationStride = 1'024;

// Things with a name in a dense array, so that a ranking walks memory in order.
template <typename T>
class NamedArray {
 public:
  void Put(T item) {
    const auto [place, added] = places_.try_emplace(item.name, items_.size());
    if (added) {
      items_.push_back(std::move(item));
    } else {
      items_[place->second] = std::move(item);
    }
  }
  void Remove(std::string_view name) {
    const auto place = places_.find(std::string(name));
    if (place == places_.end()) return;
    const size_t gap = place->second;
    places_.erase(place);
    if (gap + 1 != items_.size()) {
      items_[gap] = std::move(items_.back());
      places_[items_[gap].name] = gap;
    }
    items_.pop_back();
  }
  const T* Find(std::string_view name) const {
    const auto place = places_.find(std::string(name));
    return place == places_.end() ? nullptr : &items_[place->second];
  }
  const std::vector<T>& items() const { return items_; }

 private:
  std::vector<T> items_;
  std::unordered_map<std::string, size_t> places_;
};

void Count(const Verdict& verdict, PoolCounts& counts) {
  ++counts.considered;
  counts.ranked += verdict.outcome == Outcome::kRanked;
  counts.to_be_asked += verdict.outcome == Outcome::kToBeAsked;
  if (verdict.outcome == Outcome::kExcluded) {
    ++counts.excluded[static_cast<int>(verdict.first_cause)];
  }
}

// Collects one ranking, and asks now and then whether it is still wanted.
class Collector {
 public:
  explicit Collector(const RankOptions& options)
      : options_(options), top_(options.limit, options.seed) {}

  bool wanted() { return ++looked_at_ % kCancellationStride != 0 || !options_.cancelled(); }

  void Add(const Verdict& verdict, uint64_t last_shown, std::string_view name) {
    Count(verdict, counts_);
    if (verdict.outcome == Outcome::kExcluded) return;
    top_.Offer(verdict.outcome, verdict.score, last_shown, name);
  }

  Ranking Take() { return {top_.Take(), counts_}; }

 private:
  const RankOptions& options_;
  TopK top_;
  PoolCounts counts_;
  size_t looked_at_ = 0;
};

absl::Status Cancelled() {
  return absl::CancelledError("the caller no longer waits for this ranking");
}

}  // namespace

class MatchIndex::Impl {
 public:
  explicit Impl(PoolLayout layout) : people(layout) {}

  // Both need the mutex, shared at least.
  absl::StatusOr<Ranking> RankWorks(const ScoringBasis& basis, const Person& person,
                                    const RankOptions& options) const {
    QueryPlan::Scratch scratch;
    Collector collector(options);
    for (const Work& work : works.items()) {
      if (!collector.wanted()) return Cancelled();
      if (!Matches(options.regions, work.region)) continue;
      collector.Add(QueryPlan(basis, work).Judge(person, scratch), 0, work.name);
    }
    return collector.Take();
  }

  mutable FairSharedMutex mutex;
  std::shared_ptr<const Taxonomy> taxonomy;
  PeoplePool people;
  PeopleRanker ranker;
  NamedArray<Work> works;
};

MatchIndex::MatchIndex(std::shared_ptr<const Taxonomy> taxonomy, PoolLayout layout)
    : impl_(std::make_unique<Impl>(layout)) {
  impl_->taxonomy = std::move(taxonomy);
}
MatchIndex::~MatchIndex() = default;

void MatchIndex::PutPerson(Person person) { impl_->people.Put(std::move(person)); }
void MatchIndex::RemovePerson(std::string_view name) { impl_->people.Remove(name); }
void MatchIndex::PutWork(Work work) {
  std::unique_lock lock(impl_->mutex);
  impl_->works.Put(std::move(work));
}
void MatchIndex::RemoveWork(std::string_view name) {
  std::unique_lock lock(impl_->mutex);
  impl_->works.Remove(name);
}

std::optional<Person> MatchIndex::FindPerson(std::string_view name) const {
  return impl_->people.Find(name);
}
std::optional<Work> MatchIndex::FindWork(std::string_view name) const {
  std::shared_lock lock(impl_->mutex);
  const Work* work = impl_->works.Find(name);
  return work == nullptr ? std::nullopt : std::optional(*work);
}
size_t MatchIndex::people() const { return impl_->people.size(); }
size_t MatchIndex::works() const {
  std::shared_lock lock(impl_->mutex);
  return impl_->works.items().size();
}

absl::StatusOr<Ranking> MatchIndex::RankPeople(const ScoringBasis& basis, const Work& work,
                                               const RankOptions& options) const {
  const auto snapshot = impl_->people.GetSnapshot();
  auto ranked = impl_->ranker.Rank(basis, work, options, *snapshot);
  if (!ranked.ok()) return ranked.status();
  return std::move(ranked->ranking);
}

absl::StatusOr<Ranking> MatchIndex::RankWorks(const ScoringBasis& basis, const Person& person,
                                              const RankOptions& options) const {
  std::shared_lock lock(impl_->mutex);
  return impl_->RankWorks(basis, person, options);
}

absl::StatusOr<RankedPeople> MatchIndex::RankAndCopyPeople(const ScoringBasis& basis,
                                                           const Work& work,
                                                           const RankOptions& options) const {
  const auto snapshot = impl_->people.GetSnapshot();
  auto ranked = impl_->ranker.Rank(basis, work, options, *snapshot);
  if (!ranked.ok()) return ranked.status();
  RankedPeople copied{std::move(ranked->ranking), {}};
  copied.people.reserve(ranked->sources.size());
  for (const PersonSource& source : ranked->sources) {
    copied.people.push_back(source.block == nullptr ? *source.person
                                                    : source.block->At(source.row));
  }
  return copied;
}

absl::StatusOr<RankedWorks> MatchIndex::RankAndCopyWorks(const ScoringBasis& basis,
                                                         const Person& person,
                                                         const RankOptions& options) const {
  std::shared_lock lock(impl_->mutex);
  absl::StatusOr<Ranking> ranking = impl_->RankWorks(basis, person, options);
  if (!ranking.ok()) return ranking.status();
  RankedWorks ranked{*std::move(ranking), {}};
  for (const Ranked& one : ranked.ranking.list) {
    ranked.works.push_back(*impl_->works.Find(one.name));
  }
  return ranked;
}

absl::StatusOr<std::vector<std::string>> MatchIndex::NearestWorks(
    const ScoringBasis& basis, const Person& person, const RankOptions& options) const {
  struct Near {
    size_t gates;
    RankKey key;
  };
  std::vector<Near> near;
  Collector collector(options);
  std::shared_lock lock(impl_->mutex);
  for (const Work& work : impl_->works.items()) {
    if (!collector.wanted()) return Cancelled();
    if (!Matches(options.regions, work.region)) continue;
    const Fit fit = ReferenceScorer(basis, work).Score(person);
    if (fit.outcome != Outcome::kExcluded) continue;
    // Were the gates open, a closed dimension would count the least there is.
    DimensionScores scores;
    for (int dimension = 0; dimension < kDimensions; ++dimension) {
      scores[dimension] = std::max(1, fit.dimensions[dimension].band.score);
    }
    near.push_back(
        {fit.gates.size(),
         {Combine(basis.weights, scores), 0, TieHash(options.seed, work.name), work.name}});
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
