#include "matcher/index_snapshot.h"

#include <algorithm>
#include <utility>

#include "matcher/index_rankers.h"

namespace passend::matcher {

IndexSnapshot::IndexSnapshot(std::shared_ptr<const IndexRankers> rankers,
                             std::shared_ptr<const PeopleSnapshot> people,
                             std::shared_ptr<const WorkSnapshot> works)
    : rankers_(std::move(rankers)), people_(std::move(people)), works_(std::move(works)) {}

IndexSnapshot IndexSnapshot::OnlyPeopleOf(const std::vector<std::string>& regions) const {
  auto people = std::make_shared<PeopleSnapshot>();
  for (const auto& region : people_->regions) {
    if (!Matches(regions, region->region)) continue;
    people->regions.push_back(region);
    for (const RegionPeople::Part& part : region->parts) people->people += part.people;
    people->people += region->recent.size() + region->odd.size();
  }
  return IndexSnapshot(rankers_, std::move(people), std::make_shared<const WorkSnapshot>());
}

size_t IndexSnapshot::works() const {
  // Every shelf but the last is full.
  return works_->empty() ? 0 : (works_->size() - 1) * kShelfWorks + works_->back()->works.size();
}

absl::StatusOr<Ranking> IndexSnapshot::RankPeople(const ScoringBasis& basis, const Work& work,
                                                  const RankOptions& options) const {
  auto ranked = rankers_->people.Rank(basis, work, options, *people_);
  if (!ranked.ok()) return ranked.status();
  return std::move(ranked->ranking);
}

absl::StatusOr<RankedPeople> IndexSnapshot::RankAndCopyPeople(const ScoringBasis& basis,
                                                              const Work& work,
                                                              const RankOptions& options) const {
  auto ranked = rankers_->people.Rank(basis, work, options, *people_);
  if (!ranked.ok()) return ranked.status();
  RankedPeople copied{std::move(ranked->ranking), {}};
  copied.people.reserve(ranked->sources.size());
  for (const PersonSource& source : ranked->sources) {
    if (source.block == nullptr) {
      copied.people.push_back(*source.person);
    } else {
      copied.people.push_back(source.block->At(source.row));
    }
  }
  return copied;
}

absl::StatusOr<Ranking> IndexSnapshot::RankWorks(const ScoringBasis& basis, const Person& person,
                                                 const RankOptions& options) const {
  auto ranked = rankers_->works.Rank(basis, person, options, *works_);
  if (!ranked.ok()) return ranked.status();
  return std::move(ranked->ranking);
}

absl::StatusOr<RankedWorks> IndexSnapshot::RankAndCopyWorks(const ScoringBasis& basis,
                                                            const Person& person,
                                                            const RankOptions& options) const {
  auto ranked = rankers_->works.Rank(basis, person, options, *works_);
  if (!ranked.ok()) return ranked.status();
  RankedWorks copied{std::move(ranked->ranking), {}};
  copied.works.reserve(ranked->works.size());
  for (const auto& shelved : ranked->works) copied.works.push_back(shelved->work);
  return copied;
}

absl::StatusOr<std::vector<Work>> IndexSnapshot::NearestWorks(const ScoringBasis& basis,
                                                              const Person& person,
                                                              const RankOptions& options) const {
  const auto names = rankers_->works.Nearest(basis, person, options, *works_);
  if (!names.ok()) return names.status();
  std::vector<Work> nearest(names->size());
  VisitWorks([&](const Work& work) {
    const auto name = std::find(names->begin(), names->end(), work.name);
    if (name != names->end()) nearest[static_cast<size_t>(name - names->begin())] = work;
    return true;
  });
  return nearest;
}

bool IndexSnapshot::HasRegion(const std::string& region) const {
  return std::any_of(people_->regions.begin(), people_->regions.end(),
                     [&](const auto& one) { return one->region == region; });
}

void IndexSnapshot::VisitPeople(const std::function<bool(const Person&)>& visit) const {
  for (const auto& region : people_->regions) {
    for (const RegionPeople::Part& part : region->parts) {
      for (uint32_t row = 0; row < part.block->rows(); ++row) {
        const bool gone =
            part.gone != nullptr && ((*part.gone)[row / kWordRows] >> row % kWordRows & 1) != 0;
        if (!gone && !visit(part.block->At(row))) return;
      }
    }
    for (const auto* apart : {&region->recent, &region->odd}) {
      for (const auto& person : *apart) {
        if (!visit(*person)) return;
      }
    }
  }
}

void IndexSnapshot::VisitWorks(const std::function<bool(const Work&)>& visit) const {
  for (const auto& shelf : *works_) {
    for (const auto& shelved : shelf->works) {
      if (!visit(shelved->work)) return;
    }
  }
}

}  // namespace passend::matcher
