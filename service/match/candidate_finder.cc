#include "service/match/candidate_finder.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/errors/resource_errors.h"
#include "service/match/decision_record.h"
#include "service/match/employer_lists.h"
#include "service/match/fit_projection.h"
#include "service/match/match_page.h"
#include "service/match/match_subject.h"
#include "service/match/opened_list.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

constexpr char kMethod[] = "passend.v1.MatchService.FindCandidates";

// The rest of a list of so few regions waits until somebody asks for it: what it needs of them to
// be ranked is little to keep, even where much changes meanwhile.
constexpr size_t kRegionsHeldMax = 3;

size_t PageSize(const v1::FindCandidatesRequest& request) {
  return static_cast<size_t>(
      PageSizeOf(request.page_size(), kMatchPageSizeDefault, kMatchPageSizeMax));
}

// Whose task it is counts for every page: a list of another's task is not there.
absl::Status CheckOwn(const Access& access, const v1::FindCandidatesRequest& request) {
  if (request.has_task()) return access.CheckTask(request.task());
  if (!request.has_inline_task()) return absl::OkStatus();  // refused as a question about nothing
  return access.CheckEmployer(request.inline_task(), "inline_task.employer");
}

std::vector<size_t> PlacesBetween(size_t begin, size_t end) {
  std::vector<size_t> places(end - begin);
  std::iota(places.begin(), places.end(), begin);
  return places;
}

}  // namespace

// A ranked list with everything that explains it: all of it, or its beginning and what the rest is
// ranked with when somebody asks for it.
struct CandidateFinder::List {
  std::shared_ptr<const CatalogSnapshot> catalog;
  ResolvedOptions options;
  v1::MatchBasis basis;
  v1::Task task;
  bool is_stored;  // the task
  matcher::ReferenceScorer scorer;
  std::vector<std::string> regions;
  matcher::RankedPeople ranked;
  std::optional<matcher::IndexSnapshot> rest;

  size_t places() const {
    const matcher::PoolCounts& counts = ranked.ranking.counts;
    return std::min(kListedMax, static_cast<size_t>(counts.ranked + counts.to_be_asked));
  }
};

absl::StatusOr<v1::FindCandidatesResponse> CandidateFinder::Find(
    const CallContext& context, const v1::FindCandidatesRequest& request) {
  if (absl::Status own = CheckOwn(Access(context, kMethod, parts_.store), request); !own.ok())
    return own;
  if (!MayKnowPassport(context)) return FindForEmployer(context, request);
  const std::string method = ScopedMethod(kMethod, context.caller);
  auto opened = OpenList(parts_, kept_, method, request, [&] { return Rank(context, request); });
  if (!opened.ok()) return opened.status();
  MatchCursor cursor = opened->cursor;
  const size_t begin = std::min(cursor.offset, opened->list->places());
  const size_t end = std::min(begin + PageSize(request), opened->list->places());
  if (end > opened->list->ranked.people.size()) {
    auto whole = RankRest(context, *opened->list);
    if (!whole.ok()) return whole.status();
    opened->list = *std::move(whole);
    kept_.Replace(cursor.result_id, opened->list, opened->list->places());
  }
  const List& list = *opened->list;
  // Who was erased before the question is not in the index; what came since is not in its data.
  const absl::StatusOr<std::vector<size_t>> places =
      opened->is_first_page ? PlacesBetween(begin, end) : PlacesStillThere(list, begin, end);
  if (!places.ok()) return places.status();
  RecordCandidates(context, {list.options, list.basis, list.regions, list.ranked.ranking},
                   list.task, list.is_stored, *places);
  v1::FindCandidatesResponse page;
  TellNoMore(context, page, [&] {
    page = PageOf(list, *places);
    if (opened->is_first_page && request.has_task()) {
      std::vector<std::string> shown;
      for (const size_t place : *places) shown.push_back(list.ranked.people[place].name);
      RecordExposure(shown);
    }
    if (end == list.places()) return;
    if (opened->is_first_page) {
      kept_.Keep(cursor.result_id, opened->list, list.ranked.people.size());
    }
    cursor.offset = end;
    page.set_next_page_token(parts_.page_tokens.Make(method, request, MakeCursor(cursor)));
  });
  return page;
}

absl::StatusOr<v1::FindCandidatesResponse> CandidateFinder::FindForEmployer(
    const CallContext& context, const v1::FindCandidatesRequest& request) {
  if (parts_.employers == nullptr) return PermissionDenied();
  auto answer = parts_.employers->Find(context, request);
  if (!answer.ok()) return answer.status();
  if (answer->passports.empty()) TellNobody(context);
  for (const std::string& passport : answer->passports) {
    TellPerson(context, ParsePassportName(passport).value().passport);
  }
  if (request.has_task() && request.page_token().empty()) RecordExposure(answer->passports);
  return std::move(answer->response);
}

absl::StatusOr<std::shared_ptr<const CandidateFinder::List>> CandidateFinder::Rank(
    const CallContext& context, const v1::FindCandidatesRequest& request) const {
  auto view = ViewFor(context, request.min_data_sequence(), parts_);
  if (!view.ok()) return view.status();
  auto task = AskedTask(request, *view, parts_.catalog);
  if (!task.ok()) return task.status();
  if (AsksUnknownSkill(*task, *view->catalog->taxonomy())) {
    view = ViewWithNewSkills(context, parts_);
    if (!view.ok()) return view.status();
    task = AskedTask(request, *view, parts_.catalog);
    if (!task.ok()) return task.status();
  }
  if (task->state() == v1::TASK_STATE_CLOSED) return TaskClosed(task->name());
  auto options = Resolve(request.options(), *view, parts_.surroundings.now(), task->name());
  if (!options.ok()) return options.status();

  const matcher::Work work = WorkOf(*task, *options->basis.taxonomy);
  v1::MatchBasis basis = BasisOf(*options, *view);
  matcher::ReferenceScorer scorer(options->basis, WorkOf(*task, *options->basis.taxonomy));
  auto list = std::make_shared<List>(List{view->catalog,
                                          *std::move(options),
                                          std::move(basis),
                                          *std::move(task),
                                          request.has_task(),
                                          std::move(scorer),
                                          {request.regions().begin(), request.regions().end()},
                                          {},
                                          std::nullopt});
  const bool begin_only = !list->regions.empty() && list->regions.size() <= kRegionsHeldMax;
  absl::Status ranked =
      RankInto(context, *view, begin_only ? PageSize(request) : kListedMax, *list);
  if (!ranked.ok()) return ranked;
  if (list->ranked.people.size() < list->places()) {
    list->rest = view->index->OnlyPeopleOf(list->regions);
  }
  return list;
}

absl::StatusOr<std::shared_ptr<const CandidateFinder::List>> CandidateFinder::RankRest(
    const CallContext& context, const List& beginning) const {
  auto list = std::make_shared<List>(beginning);
  MatchView view;
  view.index = std::make_shared<const matcher::IndexSnapshot>(*beginning.rest);
  view.sequence = static_cast<storage::Sequence>(list->basis.data_sequence());
  absl::Status ranked = RankInto(context, view, kListedMax, *list);
  if (!ranked.ok()) return ranked;
  list->rest.reset();
  return list;
}

absl::Status CandidateFinder::RankInto(const CallContext& context, const MatchView& view,
                                       size_t limit, List& list) const {
  matcher::RankOptions options;
  options.regions = list.regions;
  options.seed = list.options.seed;
  options.limit = limit;
  options.cancelled = [&context] { return context.pointless(); };
  const matcher::Work& work = list.scorer.work();
  auto ranked = parts_.ranking.people(*view.index, list.options.basis, work, options);
  if (!ranked.ok()) return WhyEnded(ranked.status(), context);
  list.ranked = *std::move(ranked);
  if (parts_.shadow != nullptr && parts_.shadow->ChoosesNext()) {
    parts_.shadow->Check({view, list.options, work, options, list.ranked.ranking,
                          list.is_stored ? list.task.name() : "a task that is not stored"});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<size_t>> CandidateFinder::PlacesStillThere(const List& list,
                                                                      size_t begin,
                                                                      size_t end) const {
  std::vector<size_t> places;
  std::vector<storage::Key> keys;
  for (size_t place = begin; place < end; ++place) {
    const auto name = ParsePassportName(list.ranked.people[place].name);
    if (!name) continue;
    places.push_back(place);
    keys.push_back(KeyOf(*name));
  }
  if (keys.empty()) return places;
  const auto records = parts_.store.Read(keys);
  if (!records.ok()) return records.status();
  std::vector<size_t> there;
  for (size_t i = 0; i < places.size(); ++i) {
    if ((*records)[i].has_value()) there.push_back(places[i]);
  }
  return there;
}

v1::FindCandidatesResponse CandidateFinder::PageOf(const List& list,
                                                   const std::vector<size_t>& places) const {
  v1::FindCandidatesResponse page;
  const LabelOf label_of = LabelsIn(*list.catalog, list.options.language_code);
  // What is not stored is called what it says: each change to it gives everybody another reference,
  // whatever it names itself.
  const std::string asked = list.is_stored ? list.task.name() : ContentDigest(list.task, {});
  for (const size_t place : places) {
    const matcher::Person& person = list.ranked.people[place];
    const matcher::Fit fit = list.scorer.Score(person);
    v1::Candidate& candidate = *page.add_candidates();
    candidate.set_rank(static_cast<int32_t>(place + 1));
    candidate.set_candidate(parts_.references.Make(list.task.employer(), asked, person.name));
    candidate.set_passport(person.name);
    *candidate.mutable_fit() =
        ToProto({list.options.basis, list.scorer.work(), person, fit}, list.options.language_code,
                label_of, FitDetail::kList, Reader::kCoach);
  }
  *page.mutable_summary() = ToProto(list.ranked.ranking.counts);
  *page.mutable_basis() = list.basis;
  return page;
}

void CandidateFinder::RecordExposure(const std::vector<std::string>& passports) const {
  if (parts_.exposures == nullptr) return;
  std::vector<std::string> shown;
  for (const std::string& passport : passports) {
    const auto name = ParsePassportName(passport);
    if (name) shown.push_back(name->passport);
  }
  parts_.exposures->Record(shown, parts_.surroundings.now());
}

}  // namespace passend::service
