// An index as it was at one moment: people and work of the same change, whatever comes after it.
//
// Thread safety: immutable; any number of threads may use it. It may outlive its index. What only
// it still needs is freed with the last copy.
#ifndef PASSEND_MATCHER_INDEX_SNAPSHOT_H_
#define PASSEND_MATCHER_INDEX_SNAPSHOT_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/people_pool.h"
#include "matcher/rank_options.h"
#include "matcher/ranking.h"
#include "matcher/work_shelf.h"

namespace passend::matcher {

struct RankedPeople {
  Ranking ranking;
  std::vector<Person> people;  // one a place of the list
};

struct RankedWorks {
  Ranking ranking;
  std::vector<Work> works;  // one a place of the list
};

// What ranks: kept from one snapshot of an index to the next.
struct IndexRankers;

class IndexSnapshot {
 public:
  // Of an index; see MatchIndex::GetSnapshot.
  IndexSnapshot(std::shared_ptr<const IndexRankers> rankers,
                std::shared_ptr<const PeopleSnapshot> people,
                std::shared_ptr<const WorkSnapshot> works);

  // Without work, and without the people of other regions: it holds on to nothing else.
  IndexSnapshot OnlyPeopleOf(const std::vector<std::string>& regions) const;

  size_t people() const { return people_->people; }
  size_t works() const;
  // Whether somebody is in it, or was since the index was built.
  bool HasRegion(const std::string& region) const;

  // Exactly RankPlainly over the people of the asked regions. A person of unknown region is in no
  // region. The basis' taxonomy must be the index'. CANCELLED.
  absl::StatusOr<Ranking> RankPeople(const ScoringBasis& basis, const Work& work,
                                     const RankOptions& options) const;

  // Exactly RankWorkPlainly over the work in the asked regions. CANCELLED.
  absl::StatusOr<Ranking> RankWorks(const ScoringBasis& basis, const Person& person,
                                    const RankOptions& options) const;

  // The same, with what is in the list: what explains an answer.
  absl::StatusOr<RankedPeople> RankAndCopyPeople(const ScoringBasis& basis, const Work& work,
                                                 const RankOptions& options) const;
  absl::StatusOr<RankedWorks> RankAndCopyWorks(const ScoringBasis& basis, const Person& person,
                                               const RankOptions& options) const;

  // The closed work that comes nearest for a person: fewest gates first, then the score were the
  // gates open, then as in a ranking. CANCELLED.
  absl::StatusOr<std::vector<Work>> NearestWorks(const ScoringBasis& basis, const Person& person,
                                                 const RankOptions& options) const;

  // Everybody, and all work, in any order, until `visit` returns false: unpacked one by one, about
  // a second for a million people.
  void VisitPeople(const std::function<bool(const Person&)>& visit) const;
  void VisitWorks(const std::function<bool(const Work&)>& visit) const;

 private:
  std::shared_ptr<const IndexRankers> rankers_;
  std::shared_ptr<const PeopleSnapshot> people_;
  std::shared_ptr<const WorkSnapshot> works_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_INDEX_SNAPSHOT_H_
