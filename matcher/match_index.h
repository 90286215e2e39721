// People and open work, laid out for ranking: exact, and kept current by whoever follows the
// journal.
//
// Thread safety: all methods may be called from any thread. A ranking is of one moment, and waits
// for no change; a change waits for no ranking, and is in every ranking that begins after it
// returned.
#ifndef PASSEND_MATCHER_MATCH_INDEX_H_
#define PASSEND_MATCHER_MATCH_INDEX_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/people_pool.h"
#include "matcher/rank_options.h"
#include "matcher/ranking.h"

namespace passend::matcher {

struct RankedPeople {
  Ranking ranking;
  std::vector<Person> people;
};

struct RankedWorks {
  Ranking ranking;
  std::vector<Work> works;
};

class MatchIndex {
 public:
  explicit MatchIndex(std::shared_ptr<const Taxonomy> taxonomy, PoolLayout layout = {});
  ~MatchIndex();

  // Adds or replaces by name. Concept indices are those of the index' taxonomy.
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

  // Exactly RankPlainly over the people of the asked regions. A person of unknown region is in no
  // region. The basis' taxonomy must be the index'.
  absl::StatusOr<Ranking> RankPeople(const ScoringBasis& basis, const Work& work,
                                     const RankOptions& options) const;

  // Exactly RankWorkPlainly over the work in the asked regions.
  absl::StatusOr<Ranking> RankWorks(const ScoringBasis& basis, const Person& person,
                                    const RankOptions& options) const;

  // The same, with what is in the list as it was when it was ranked, in the order of the list: what
  // explains an answer, whatever changes after it.
  absl::StatusOr<RankedPeople> RankAndCopyPeople(const ScoringBasis& basis, const Work& work,
                                                 const RankOptions& options) const;
  absl::StatusOr<RankedWorks> RankAndCopyWorks(const ScoringBasis& basis, const Person& person,
                                               const RankOptions& options) const;

  // The closed work that comes nearest for a person: fewest gates first, then the score were the
  // gates open, then as in a ranking.
  absl::StatusOr<std::vector<std::string>> NearestWorks(const ScoringBasis& basis,
                                                        const Person& person,
                                                        const RankOptions& options) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_MATCH_INDEX_H_
