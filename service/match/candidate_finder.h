// Who fits a task: MatchService.FindCandidates, without gRPC.
#ifndef PASSEND_SERVICE_MATCH_CANDIDATE_FINDER_H_
#define PASSEND_SERVICE_MATCH_CANDIDATE_FINDER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "passend/v1/match_service.pb.h"
#include "service/call/call_context.h"
#include "service/match/kept_results.h"
#include "service/match/match_options.h"
#include "service/match/match_parts.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class CandidateFinder {
 public:
  explicit CandidateFinder(const MatchParts& parts)
      : parts_(parts), kept_(parts.surroundings.now) {}

  // `request` has passed the rules of its fields. The first page ranks everybody as of one
  // commit; further pages show the same list with the people as they were then, whatever changed
  // since; only who was erased is left out, and the place stays empty. A first page for a stored
  // task is remembered as the exposure of those who are on it. Employers are answered by
  // EmployerLists.
  //   TASK_NOT_FOUND, TASK_CLOSED, POLICY_NOT_FOUND, WEIGHT_BOUNDS, INVALID_FIELD, UNKNOWN_SKILL,
  //   INVALID_PAGE_TOKEN, PAGE_TOKEN_ARGUMENTS, PAGE_EXPIRED, FUTURE_SEQUENCE, INDEX_BEHIND,
  //   DEADLINE_EXCEEDED, CANCELLED, DAMAGED_DATA
  absl::StatusOr<v1::FindCandidatesResponse> Find(const CallContext& context,
                                                  const v1::FindCandidatesRequest& request);

  // Forgets lists that were kept for long enough.
  void DropExpired() { kept_.DropExpired(); }

 private:
  struct List;

  absl::StatusOr<std::shared_ptr<const List>> Rank(const CallContext& context,
                                                   const v1::FindCandidatesRequest& request) const;
  // The same list with all its places; `beginning` has a rest.
  absl::StatusOr<std::shared_ptr<const List>> RankRest(const CallContext& context,
                                                       const List& beginning) const;
  // Ranks the view's people for the list's task; at most `limit` places.
  absl::Status RankInto(const CallContext& context, const MatchView& view, size_t limit,
                        List& list) const;
  // The places from `begin` up to `end` whose passports have not been erased. Errors of the store.
  absl::StatusOr<std::vector<size_t>> PlacesStillThere(const List& list, size_t begin,
                                                       size_t end) const;
  v1::FindCandidatesResponse PageOf(const List& list, const std::vector<size_t>& places) const;
  // For whoever may not know passports.
  absl::StatusOr<v1::FindCandidatesResponse> FindForEmployer(
      const CallContext& context, const v1::FindCandidatesRequest& request);
  // Of names of passports.
  void RecordExposure(const std::vector<std::string>& passports) const;

  const MatchParts parts_;
  KeptResults<List> kept_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_CANDIDATE_FINDER_H_
