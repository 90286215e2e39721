// The lists that employers were given, and what they may still ask for.
#ifndef PASSEND_SERVICE_MATCH_EMPLOYER_BOOK_H_
#define PASSEND_SERVICE_MATCH_EMPLOYER_BOOK_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/store/v1/employer_list.pb.h"
#include "service/match/candidate_reference.h"
#include "service/match/employer_limits.h"
#include "service/match/employer_question.h"
#include "service/records/repeatable_write.h"
#include "storage/store.h"

namespace passend::service {

struct FrozenList {
  std::string id;  // 32 hexadecimal digits; tells nothing
  store::v1::EmployerList list;
  storage::Version version = 0;
};

struct OpenedEmployerList {
  FrozenList frozen;
  // Of almost the same work, because the question's own list is one too many of its kind.
  bool outdated = false;
  size_t kinds_left = 0;  // that the employer may still ask about
};

// Thread safety: all methods may be called from any thread.
class EmployerBook {
 public:
  // All must outlive it.
  EmployerBook(storage::Store& store, const CandidateReferences& references, EmployerLimits limits)
      : store_(store), references_(references), limits_(limits) {}

  // Makes a list: people and counts. Employer, task, regions and times are filled in afterwards.
  using Make = std::function<absl::StatusOr<store::v1::EmployerList>(const std::string& list_id)>;

  // The list for a question of the employer: the one that is in force; or the newest one of its
  // kind, where there are lists_of_a_kind_max of these; or one that `make` makes, which is kept
  // until its kind is renewed: kept_for after the first list of the kind. One question of an
  // employer at a time. Nothing is kept where `make` fails.
  //   LIST_BUDGET   there are kinds_max kinds in force, or lists of places_max places or times_max
  //                 times, and the question is of another: nothing is made
  //   DAMAGED_DATA; errors of `make` and of the store
  absl::StatusOr<OpenedEmployerList> Open(const std::string& employer,
                                          const EmployerQuestion& question, absl::Time now,
                                          const Make& make);

  // The list that Open would give again for the question; nullopt where it would have to make one.
  // Errors as for Find.
  absl::StatusOr<std::optional<FrozenList>> InForce(const std::string& employer,
                                                    const EmployerQuestion& question,
                                                    absl::Time now) const;

  // A list of the employer by its id; nullopt where none is in force. DAMAGED_DATA; errors of the
  // store.
  absl::StatusOr<std::optional<FrozenList>> Find(const std::string& employer, const std::string& id,
                                                 absl::Time now) const;

  // All lists in force of the employer, a kind after the other. Errors as for Find.
  absl::StatusOr<std::vector<FrozenList>> OfEmployer(const std::string& employer,
                                                     absl::Time now) const;

  // Removes lists that are no longer in force, of employers that ask no more: those that ended
  // within a day after the one that ended first. One that is renewed meanwhile keeps them until the
  // next time. DAMAGED_DATA; errors of the store.
  absl::Status RemoveEnded(absl::Time now);

 private:
  struct Budget {
    storage::Key key;
    storage::Version version = 0;
    store::v1::EmployerBudget in_force;
    std::vector<std::string> ended;  // lists of kinds that are no longer in force
  };

  std::string IdOf(const std::string& employer, const EmployerQuestion& question) const;
  absl::StatusOr<Budget> ReadBudget(const std::string& employer, absl::Time now) const;
  absl::StatusOr<std::vector<FrozenList>> ListsOf(const std::string& employer, const Budget& budget,
                                                  absl::Time now) const;
  absl::StatusOr<OpenedEmployerList> Reopen(const std::string& employer, const Budget& budget,
                                            const std::string& id, bool outdated,
                                            absl::Time now) const;

  storage::Store& store_;
  const CandidateReferences& references_;
  const EmployerLimits limits_;
  KeyedLocks locks_;  // by employer
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EMPLOYER_BOOK_H_
