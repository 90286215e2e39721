#include "matcher/match_index.h"

#include <mutex>
#include <utility>

#include "matcher/index_rankers.h"

namespace passend::matcher {

class MatchIndex::Impl {
 public:
  Impl(std::shared_ptr<const Taxonomy> taxonomy, PoolLayout layout)
      : rankers(std::make_shared<const IndexRankers>(std::move(taxonomy))), people(layout) {}

  // `change` changes people or works; afterwards it is shown, if anybody has ever looked.
  template <typename Change>
  void DoChange(Change change) {
    const std::lock_guard lock(change_mutex);
    change();
    if (snapshot != nullptr) Publish();
  }

  // Needs change_mutex.
  IndexSnapshot Publish() {
    auto now = std::make_shared<const IndexSnapshot>(
        rankers, people.GetSnapshot(), std::make_shared<const WorkSnapshot>(works.GetSnapshot()));
    // What it replaces is freed after the lock: that may take a while.
    std::shared_ptr<const IndexSnapshot> replaced = now;
    {
      const std::lock_guard lock(snapshot_mutex);
      snapshot.swap(replaced);
    }
    return *now;
  }

  const std::shared_ptr<const IndexRankers> rankers;
  PeoplePool people;
  WorkShelves works;

  // One change at a time, of people and works together. Changed under both mutexes, snapshot may be
  // read under either.
  std::mutex change_mutex;
  std::mutex snapshot_mutex;  // held for as long as a pointer is copied
  // nullptr until somebody asks: while an index is filled, nobody has to see every step.
  std::shared_ptr<const IndexSnapshot> snapshot;
};

MatchIndex::MatchIndex(std::shared_ptr<const Taxonomy> taxonomy, PoolLayout layout)
    : impl_(std::make_unique<Impl>(std::move(taxonomy), layout)) {}
MatchIndex::~MatchIndex() = default;

IndexSnapshot MatchIndex::Apply(IndexChanges changes) {
  const std::lock_guard lock(impl_->change_mutex);
  impl_->people.Apply(std::move(changes.people), changes.people_gone);
  for (const std::string& name : changes.works_gone) impl_->works.Remove(name);
  for (Work& work : changes.works) impl_->works.Put(std::move(work));
  return impl_->Publish();
}

IndexSnapshot MatchIndex::GetSnapshot() const {
  {
    const std::lock_guard lock(impl_->snapshot_mutex);
    if (impl_->snapshot != nullptr) return *impl_->snapshot;
  }
  const std::lock_guard lock(impl_->change_mutex);
  return impl_->snapshot != nullptr ? *impl_->snapshot : impl_->Publish();
}

void MatchIndex::LoadPeople(LoadedPeople people) {
  impl_->DoChange([&] { impl_->people.Load(std::move(people)); });
}
void MatchIndex::PutPerson(Person person) {
  impl_->DoChange([&] { impl_->people.Put(std::move(person)); });
}
void MatchIndex::RemovePerson(std::string_view name) {
  impl_->DoChange([&] { impl_->people.Remove(name); });
}
void MatchIndex::PutWork(Work work) {
  impl_->DoChange([&] { impl_->works.Put(std::move(work)); });
}
void MatchIndex::RemoveWork(std::string_view name) {
  impl_->DoChange([&] { impl_->works.Remove(name); });
}

void MatchIndex::Settle() {
  GetSnapshot();
  impl_->rankers->expansions.For(AbilityPolicy());
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
  return GetSnapshot().RankPeople(basis, work, options);
}
absl::StatusOr<Ranking> MatchIndex::RankWorks(const ScoringBasis& basis, const Person& person,
                                              const RankOptions& options) const {
  return GetSnapshot().RankWorks(basis, person, options);
}
absl::StatusOr<RankedPeople> MatchIndex::RankAndCopyPeople(const ScoringBasis& basis,
                                                           const Work& work,
                                                           const RankOptions& options) const {
  return GetSnapshot().RankAndCopyPeople(basis, work, options);
}
absl::StatusOr<RankedWorks> MatchIndex::RankAndCopyWorks(const ScoringBasis& basis,
                                                         const Person& person,
                                                         const RankOptions& options) const {
  return GetSnapshot().RankAndCopyWorks(basis, person, options);
}

}  // namespace passend::matcher
