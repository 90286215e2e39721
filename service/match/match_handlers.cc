#include "service/match/match_handlers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/match/match_explainer.h"

namespace passend::service {
namespace {

// How long kept lists, and the persons in them, are there at most after nobody can ask for them.
constexpr absl::Duration kSweepInterval = absl::Seconds(10);
// The same of employers' lists, which are stored.
constexpr absl::Duration kListSweepInterval = absl::Hours(1);

}  // namespace

absl::StatusOr<std::unique_ptr<MatchHandlers>> MatchHandlers::Start(storage::Store& store,
                                                                    TaxonomyCatalog& catalog,
                                                                    const PageTokens& page_tokens,
                                                                    Surroundings surroundings,
                                                                    MatchSettings settings) {
  auto references = CandidateReferences::Load(store, surroundings);
  if (!references.ok()) return references.status();
  auto handlers = std::make_unique<MatchHandlers>(OnlyStart(), *std::move(references));
  auto follower = IndexFollower::Start(
      store, catalog,
      {.log = settings.log, .awaited = settings.awaited, .stopped = std::move(settings.stopped)});
  if (!follower.ok()) return follower.status();
  handlers->follower_ = *std::move(follower);
  if (settings.record_exposure) {
    handlers->exposures_ = std::make_unique<ExposureRecorder>(store, settings.log);
  }
  if (settings.shadow_check_one_in > 0) {
    handlers->shadow_ = std::make_unique<ShadowChecker>(settings.shadow_check_one_in,
                                                        surroundings.random_bytes, settings.log);
  }
  handlers->parts_ = std::make_unique<MatchParts>(
      MatchParts{store, *handlers->follower_, catalog, page_tokens, handlers->references_,
                 handlers->exposures_.get(), std::move(surroundings), handlers->shadow_.get()});
  handlers->parts_->awaited = settings.awaited;
  handlers->employers_ =
      std::make_unique<EmployerLists>(store, *handlers->parts_, settings.employer_limits);
  handlers->parts_->employers = handlers->employers_.get();
  handlers->candidates_ = std::make_unique<CandidateFinder>(*handlers->parts_);
  handlers->tasks_ = std::make_unique<TaskFinder>(*handlers->parts_);
  handlers->sweeping_ = std::make_unique<RegularCall>(kSweepInterval, [raw = handlers.get()] {
    raw->candidates_->DropExpired();
    raw->tasks_->DropExpired();
  });
  handlers->dropping_lists_ =
      std::make_unique<RegularCall>(kListSweepInterval, [raw = handlers.get(), log = settings.log] {
        if (const absl::Status dropped = raw->employers_->DropEnded(); !dropped.ok()) {
          log(absl::StrCat("WARNING: employers' lists that have ended are still there: ",
                           dropped.message()));
        }
      });
  return handlers;
}

void MatchHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::FindCandidatesRequest, v1::FindCandidatesResponse>(
      "passend.v1.MatchService.FindCandidates", [this](const auto& context, const auto& request) {
        return FindCandidates(context, request);
      });
  bindings.Bind<v1::FindTasksRequest, v1::FindTasksResponse>(
      "passend.v1.MatchService.FindTasks",
      [this](const auto& context, const auto& request) { return FindTasks(context, request); });
  bindings.Bind<v1::ExplainMatchRequest, v1::ExplainMatchResponse>(
      "passend.v1.MatchService.ExplainMatch",
      [this](const auto& context, const auto& request) { return ExplainMatch(context, request); });
}

absl::StatusOr<v1::FindCandidatesResponse> MatchHandlers::FindCandidates(
    const CallContext& context, const v1::FindCandidatesRequest& request) {
  return candidates_->Find(context, request);
}

absl::StatusOr<v1::FindTasksResponse> MatchHandlers::FindTasks(
    const CallContext& context, const v1::FindTasksRequest& request) {
  return tasks_->Find(context, request);
}

absl::StatusOr<v1::ExplainMatchResponse> MatchHandlers::ExplainMatch(
    const CallContext& context, const v1::ExplainMatchRequest& request) {
  return Explain(context, request, *parts_);
}

}  // namespace passend::service
