// Lists that employers were given, made again.
#ifndef PASSEND_SERVICE_AUDIT_EMPLOYER_REPLAY_H_
#define PASSEND_SERVICE_AUDIT_EMPLOYER_REPLAY_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/rank_options.h"
#include "matcher/ranking.h"
#include "matcher/reference_scorer.h"
#include "passend/store/v1/employer_list.pb.h"
#include "service/audit/decision_words.h"
#include "service/audit/past_world.h"
#include "service/match/candidate_reference.h"
#include "storage/store.h"

namespace passend::service {

struct EmployerListAgain {
  // Those that the decision is about. A place that was left empty then stays so.
  std::vector<v1::DecidedPlace> places;
  matcher::PoolCounts counts;
  // Between the whole list as it was made and as it is made now, in words that name nobody. Places
  // of who was erased since do not count.
  std::vector<std::string> differences;
};

// The list that a decision shows part of, as it was made; nullopt where it is not in the store,
// though nothing else takes such lists away than what keeps them. DAMAGED_DATA; errors of the
// store.
absl::StatusOr<std::optional<store::v1::EmployerList>> ListAsMade(
    std::shared_ptr<const storage::Snapshot> now, const store::v1::EmployerListPart& part);

// Makes the list again. `world` is where the list was made from; `basis` and `options` are what the
// decision says, but for the limit. CANCELLED; errors of the store.
absl::StatusOr<EmployerListAgain> MakeAgain(const StoredDecision& stored,
                                            const store::v1::EmployerList& made,
                                            const storage::Snapshot& now, const PastWorld& world,
                                            const CandidateReferences& references,
                                            matcher::ScoringBasis basis,
                                            matcher::RankOptions options);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_EMPLOYER_REPLAY_H_
