#include "matcher/match_index.h"

#include <utility>

#include "matcher/people_ranker.h"
#include "matcher/work_ranker.h"

namespace passend::matcher {

class MatchIndex::Impl {
 public:
  Impl(std::shared_ptr<const Taxonomy> taxonomy, PoolLayout layout)
      : expansions(std::move(taxonomy)),
        people(layout),
        people_ranker(expansions),
        work_ranker(expansions) {}

  const ExpansionTables expansions;
  PeoplePool people;
  PeopleRanker people_ranker;
  WorkShelves works;
  WorkRanker work_ranker;
};

MatchIndex::MatchIndex(std::shared_ptr<const Taxonomy> taxonomy, PoolLayout layout)
    : impl_(std::make_unique<Impl>(std::move(taxonomy), layout)) {}
MatchIndex::~MatchIndex() = default;

void MatchIndex::PutPerson(Person person) { impl_->people.Put(std::move(person)); }
void MatchIndex::RemovePerson(std::string_view name) { impl_->people.Remove(name); }
void MatchIndex::PutWork(Work work) { impl_->works.Put(std::move(work)); }
void MatchIndex::RemoveWork(std::string_view name) { impl_->works.Remove(name); }

void MatchIndex::Settle() {
  impl_->people.GetSnapshot();
  impl_->expansions.For(AbilityPolicy());
}

std::optional<Person> MatchIndex::FindPerson(std::string_view name) const {
  return impl_->people.Find(name);
}
std::optional<Work> MatchIndex::FindWork(std::string_view name) const {
  return impl_->works.Find(name);
}
size_t MatchIndex::people() const { return impl_->people.size(); }
size_t MatchIndex::works() const { return impl_->works.size(); }

absl::StatusOr<Ranking> MatchIndex::RankPeople(const ScoringBasis& basis, const Work& work,
                                               const RankOptions& options) const {
  const auto snapshot = impl_->people.GetSnapshot();
  auto ranked = impl_->people_ranker.Rank(basis, work, options, *snapshot);
  if (!ranked.ok()) return ranked.status();
  return std::move(ranked->ranking);
}

absl::StatusOr<RankedPeople> MatchIndex::RankAndCopyPeople(const ScoringBasis& basis,
                                                           const Work& work,
                                                           const RankOptions& options) const {
  const auto snapshot = impl_->people.GetSnapshot();
  auto ranked = impl_->people_ranker.Rank(basis, work, options, *snapshot);
  if (!ranked.ok()) return ranked.status();
  RankedPeople copied{std::move(ranked->ranking), {}};
  copied.people.reserve(ranked->sources.size());
  for (const PersonSource& source : ranked->sources) {
    copied.people.push_back(source.block == nullptr ? *source.person
                                                    : source.block->At(source.row));
  }
  return copied;
}

absl::StatusOr<Ranking> MatchIndex::RankWorks(const ScoringBasis& basis, const Person& person,
                                              const RankOptions& options) const {
  auto ranked = impl_->work_ranker.Rank(basis, person, options, impl_->works.GetSnapshot());
  if (!ranked.ok()) return ranked.status();
  return std::move(ranked->ranking);
}

absl::StatusOr<RankedWorks> MatchIndex::RankAndCopyWorks(const ScoringBasis& basis,
                                                         const Person& person,
                                                         const RankOptions& options) const {
  auto ranked = impl_->work_ranker.Rank(basis, person, options, impl_->works.GetSnapshot());
  if (!ranked.ok()) return ranked.status();
  RankedWorks copied{std::move(ranked->ranking), {}};
  copied.works.reserve(ranked->works.size());
  for (const auto& shelved : ranked->works) copied.works.push_back(shelved->work);
  return copied;
}

absl::StatusOr<std::vector<std::string>> MatchIndex::NearestWorks(
    const ScoringBasis& basis, const Person& person, const RankOptions& options) const {
  return impl_->work_ranker.Nearest(basis, person, options, impl_->works.GetSnapshot());
}

}  // namespace passend::matcher
