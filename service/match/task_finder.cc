#include "service/match/task_finder.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/access/access.h"
#include "service/errors/resource_errors.h"
#include "service/match/decision_record.h"
#include "service/match/fit_projection.h"
#include "service/match/match_page.h"
#include "service/match/match_subject.h"
#include "service/match/opened_list.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

constexpr char kMethod[] = "passend.v1.MatchService.FindTasks";

}  // namespace

// A ranked list with everything that explains it.
struct TaskFinder::List {
  std::shared_ptr<const CatalogSnapshot> catalog;
  std::shared_ptr<const storage::Snapshot> records;  // for the titles
  ResolvedOptions options;
  v1::MatchBasis basis;
  matcher::Person person;
  std::vector<matcher::ConceptIndex> contested;
  matcher::RankedWorks ranked;
  std::vector<matcher::Work> nearest;
};

absl::StatusOr<v1::FindTasksResponse> TaskFinder::Find(const CallContext& context,
                                                       const v1::FindTasksRequest& request) {
  const Access access(context, kMethod, parts_.store);
  if (absl::Status own = access.CheckPassport(request.passport()); !own.ok()) return own;
  const std::string method = ScopedMethod(kMethod, context.caller);
  auto opened = OpenList(parts_, kept_, method, request, [&] { return Rank(context, request); });
  if (!opened.ok()) return opened.status();
  const List& list = *opened->list;
  MatchCursor cursor = opened->cursor;
  if (!opened->is_first_page) {
    // Whoever was erased since is told of no more.
    const auto stored = parts_.store.Read({KeyOf(*ParsePassportName(request.passport()))});
    if (!stored.ok()) return stored.status();
    if (!stored->front()) return PassportNotFound(request.passport());
  }

  const size_t begin = std::min(cursor.offset, list.ranked.works.size());
  const auto page_size = static_cast<size_t>(
      PageSizeOf(request.page_size(), kMatchPageSizeDefault, kMatchPageSizeMax));
  const size_t end = std::min(begin + page_size, list.ranked.works.size());
  auto page = PageOf(list, ReaderOf(context.caller), begin, end);
  if (!page.ok()) return page.status();
  RecordTasks(context,
              {list.options,
               list.basis,
               {request.regions().begin(), request.regions().end()},
               list.ranked.ranking},
              request.passport(), begin, end,
              begin == 0 ? list.nearest : std::vector<matcher::Work>());
  if (end < list.ranked.works.size()) {
    if (opened->is_first_page) kept_.Keep(cursor.result_id, opened->list, list.ranked.works.size());
    cursor.offset = end;
    page->set_next_page_token(parts_.page_tokens.Make(method, request, MakeCursor(cursor)));
  }
  return page;
}

absl::StatusOr<std::shared_ptr<const TaskFinder::List>> TaskFinder::Rank(
    const CallContext& context, const v1::FindTasksRequest& request) const {
  auto view = ViewFor(context, request.min_data_sequence(), parts_);
  if (!view.ok()) return view.status();
  auto person = AskedPerson(*view, request.passport());
  if (!person.ok()) return person.status();
  if (person->skills_unknown) {
    view = ViewWithNewSkills(context, parts_);
    if (!view.ok()) return view.status();
    person = AskedPerson(*view, request.passport());
    if (!person.ok()) return person.status();
  }
  auto options = Resolve(request.options(), *view, parts_.surroundings.now(), request.passport());
  if (!options.ok()) return options.status();

  matcher::RankOptions rank_options;
  rank_options.regions = {request.regions().begin(), request.regions().end()};
  rank_options.seed = options->seed;
  rank_options.limit = kListedMax;
  rank_options.cancelled = [&context] { return context.pointless(); };
  auto ranked = parts_.ranking.works(*view->index, options->basis, person->person, rank_options);
  if (!ranked.ok()) return WhyEnded(ranked.status(), context);
  if (parts_.shadow != nullptr && parts_.shadow->ChoosesNext()) {
    parts_.shadow->Check(
        {*view, *options, person->person, rank_options, ranked->ranking, "a person"});
  }
  std::vector<matcher::Work> nearest;
  if (ranked->ranking.counts.ranked < kFittingTasksEnough) {
    rank_options.limit = kNearestTasks;
    auto found = view->index->NearestWorks(options->basis, person->person, rank_options);
    if (!found.ok()) return WhyEnded(found.status(), context);
    nearest = *std::move(found);
  }
  v1::MatchBasis basis = BasisOf(*options, *view);
  return std::make_shared<const List>(List{view->catalog, view->records, *std::move(options),
                                           std::move(basis), std::move(person->person),
                                           std::move(person->contested), *std::move(ranked),
                                           std::move(nearest)});
}

absl::StatusOr<v1::TaskMatch> TaskFinder::MatchOf(const List& list, const matcher::Work& work,
                                                  Reader reader) const {
  v1::TaskMatch match;
  match.set_task(work.name);
  const auto name = ParseTaskName(work.name);
  if (name) {
    const auto task = ReadTask(*list.records, name->task);
    if (!task.ok()) return task.status();
    if (*task) match.set_title((*task)->title());
  }
  const matcher::Fit fit = matcher::ReferenceScorer(list.options.basis, work).Score(list.person);
  *match.mutable_fit() = ToProto(
      {list.options.basis, work, list.person, fit, list.contested}, list.options.language_code,
      LabelsIn(*list.catalog, list.options.language_code), FitDetail::kList, reader);
  return match;
}

absl::StatusOr<v1::FindTasksResponse> TaskFinder::PageOf(const List& list, Reader reader,
                                                         size_t begin, size_t end) const {
  v1::FindTasksResponse page;
  for (size_t place = begin; place < end; ++place) {
    auto match = MatchOf(list, list.ranked.works[place], reader);
    if (!match.ok()) return match.status();
    match->set_rank(static_cast<int32_t>(place + 1));
    *page.add_tasks() = *std::move(match);
  }
  for (const matcher::Work& work : begin == 0 ? list.nearest : std::vector<matcher::Work>()) {
    auto match = MatchOf(list, work, reader);
    if (!match.ok()) return match.status();
    *page.add_nearest() = *std::move(match);
  }
  *page.mutable_summary() = ToProto(list.ranked.ranking.counts);
  *page.mutable_basis() = list.basis;
  return page;
}

}  // namespace passend::service
