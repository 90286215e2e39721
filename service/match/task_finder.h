// What fits a person: MatchService.FindTasks, without gRPC.
#ifndef PASSEND_SERVICE_MATCH_TASK_FINDER_H_
#define PASSEND_SERVICE_MATCH_TASK_FINDER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "passend/v1/match_service.pb.h"
#include "service/call/call_context.h"
#include "service/match/kept_results.h"
#include "service/match/match_options.h"
#include "service/match/match_parts.h"
#include "service/match/reader.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class TaskFinder {
 public:
  explicit TaskFinder(const MatchParts& parts) : parts_(parts), kept_(parts.surroundings.now) {}

  // `request` has passed the rules of its fields. Pages as for CandidateFinder. Where fewer than
  // kFittingTasksEnough tasks are ranked, the first page has up to kNearestTasks of the closed ones
  // that come nearest.
  //   PASSPORT_NOT_FOUND, and otherwise as CandidateFinder::Find
  absl::StatusOr<v1::FindTasksResponse> Find(const CallContext& context,
                                             const v1::FindTasksRequest& request);

  // Forgets lists that were kept for long enough.
  void DropExpired() { kept_.DropExpired(); }

 private:
  struct List;

  absl::StatusOr<std::shared_ptr<const List>> Rank(const CallContext& context,
                                                   const v1::FindTasksRequest& request) const;
  absl::StatusOr<v1::TaskMatch> MatchOf(const List& list, const matcher::Work& work,
                                        Reader reader) const;
  absl::StatusOr<v1::FindTasksResponse> PageOf(const List& list, Reader reader, size_t begin,
                                               size_t end) const;

  const MatchParts parts_;
  KeptResults<List> kept_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_TASK_FINDER_H_
