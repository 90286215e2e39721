// What MatchService answers, without gRPC, and everything that it takes to answer.
#ifndef PASSEND_SERVICE_MATCH_MATCH_HANDLERS_H_
#define PASSEND_SERVICE_MATCH_MATCH_HANDLERS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/match_service.pb.h"
#include "service/call/method_bindings.h"
#include "service/match/candidate_finder.h"
#include "service/match/employer_lists.h"
#include "service/match/match_parts.h"
#include "service/match/task_finder.h"
#include "service/regular_call.h"
#include "service/taxonomy/taxonomy_catalog.h"

namespace passend::service {

struct MatchSettings {
  // Whether first pages for stored tasks are remembered, so that equal fits share the exposure.
  bool record_exposure = true;
  // Of all answers with a list, one in so many is checked by the plain algorithm; 0: none.
  uint32_t shadow_check_one_in = 0;
  // What each employer may find out in a month.
  EmployerLimits employer_limits = {};
  // Of the handlers' store: which commits questions wait for. Null: all.
  const AwaitedCommits* awaited = nullptr;
  // Takes lines for the log; called from several threads.
  std::function<void(std::string_view line)> log = [](std::string_view) {};
  // Called once when the index stops for good because stored data is damaged: matching answers
  // DAMAGED_DATA from then on, and the server should no longer be called serving.
  std::function<void()> stopped = [] {};
};

// Requests have passed the rules of their fields. Who asks was admitted.
//
// Thread safety: all methods may be called from any thread.
class MatchHandlers {
  struct OnlyStart {
    explicit OnlyStart() = default;
  };

 public:
  // Builds the index, which takes seconds for large databases, and begins to follow the journal.
  // `store`, `catalog` and `page_tokens` must outlive the handlers. Errors of the store;
  // DAMAGED_DATA, INTERNAL.
  static absl::StatusOr<std::unique_ptr<MatchHandlers>> Start(storage::Store& store,
                                                              TaxonomyCatalog& catalog,
                                                              const PageTokens& page_tokens,
                                                              Surroundings surroundings,
                                                              MatchSettings settings);
  // Use Start.
  MatchHandlers(OnlyStart, CandidateReferences references) : references_(std::move(references)) {}

  absl::StatusOr<v1::FindCandidatesResponse> FindCandidates(
      const CallContext& context, const v1::FindCandidatesRequest& request);
  absl::StatusOr<v1::FindTasksResponse> FindTasks(const CallContext& context,
                                                  const v1::FindTasksRequest& request);
  absl::StatusOr<v1::ExplainMatchResponse> ExplainMatch(const CallContext& context,
                                                        const v1::ExplainMatchRequest& request);

  // Binds the methods of MatchService but for RevealCandidate (candidate_revealer.h). The handlers
  // must outlive the bindings.
  void BindTo(MethodBindings& bindings);

  const IndexFollower& follower() const { return *follower_; }
  // What other questions about matches are answered with; lives as long as the handlers.
  const MatchParts& parts() const { return *parts_; }

 private:
  const CandidateReferences references_;
  std::unique_ptr<IndexFollower> follower_;
  std::unique_ptr<ExposureRecorder> exposures_;  // null: not recorded
  std::unique_ptr<ShadowChecker> shadow_;        // null: nothing is checked
  std::unique_ptr<EmployerLists> employers_;
  std::unique_ptr<MatchParts> parts_;
  std::unique_ptr<CandidateFinder> candidates_;
  std::unique_ptr<TaskFinder> tasks_;
  std::unique_ptr<RegularCall> sweeping_;
  std::unique_ptr<RegularCall> dropping_lists_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_HANDLERS_H_
