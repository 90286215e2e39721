// People and open work, laid out for ranking: exact, and kept current by whoever follows the
// journal.
//
// Thread safety: all methods may be called from any thread. A ranking is of one moment, and waits
// for no change; a change waits for no ranking, and is in every ranking that begins after it
// returned.
//
//   M1  What Apply is given is in a snapshot as a whole or not at all, people and work together.
//   M2  GetSnapshot waits for no change, other than the very first time.
#ifndef PASSEND_MATCHER_MATCH_INDEX_H_
#define PASSEND_MATCHER_MATCH_INDEX_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "matcher/index_changes.h"
#include "matcher/index_snapshot.h"

namespace passend::matcher {

class MatchIndex {
 public:
  explicit MatchIndex(std::shared_ptr<const Taxonomy> taxonomy, PoolLayout layout = {});
  ~MatchIndex();

  // All of it at once. Returns the index as it is right after it.
  IndexSnapshot Apply(IndexChanges changes);

  IndexSnapshot GetSnapshot() const;

  // Everybody at once, into an index in which nobody is and was.
  void LoadPeople(LoadedPeople people);

  // One change alone. Adds or replaces by name. Concept indices are those of the index' taxonomy.
  void PutPerson(Person person);
  void RemovePerson(std::string_view name);
  void PutWork(Work work);
  void RemoveWork(std::string_view name);

  // To be called once the index is filled, before the first ranking: that would otherwise wait for
  // what is left to be laid out, a second or two for a country.
  void Settle();

  std::optional<Person> FindPerson(std::string_view name) const;
  std::optional<Work> FindWork(std::string_view name) const;
  size_t people() const;
  size_t works() const;

  // As IndexSnapshot, of now.
  absl::StatusOr<Ranking> RankPeople(const ScoringBasis& basis, const Work& work,
                                     const RankOptions& options) const;
  absl::StatusOr<Ranking> RankWorks(const ScoringBasis& basis, const Person& person,
                                    const RankOptions& options) const;
  absl::StatusOr<RankedPeople> RankAndCopyPeople(const ScoringBasis& basis, const Work& work,
                                                 const RankOptions& options) const;
  absl::StatusOr<RankedWorks> RankAndCopyWorks(const ScoringBasis& basis, const Person& person,
                                               const RankOptions& options) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_MATCH_INDEX_H_
