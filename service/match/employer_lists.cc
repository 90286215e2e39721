#include "service/match/employer_lists.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/canonical_bytes.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/match/decision_record.h"
#include "service/match/employer_ranking.h"
#include "service/match/employer_view.h"
#include "service/match/employer_words.h"
#include "service/match/match_page.h"
#include "service/match/match_subject.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

constexpr char kMethod[] = "passend.v1.MatchService.FindCandidates";
// Nobody's: no form of a region allows it.
constexpr char kNoRegion[] = "?";

// Everything else moves people in a list, and whoever moves them again and again learns why.
absl::Status CheckOptions(const v1::MatchOptions& options) {
  std::vector<FieldViolation> violations;
  const auto refuse = [&](bool set, const char* field) {
    if (!set) return;
    violations.push_back({field, "must be left out: employers choose the language_code only"});
  };
  refuse(options.has_weights(), "options.weights");
  refuse(!options.policy().empty(), "options.policy");
  refuse(options.has_as_of_time(), "options.as_of_time");
  refuse(!options.seed().empty(), "options.seed");
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

// Regions without people change nothing in a list, and are no other question. Only where nobody is
// in any, one stays: no region at all means everybody.
std::vector<std::string> KnownRegions(const v1::FindCandidatesRequest& request,
                                      const matcher::IndexSnapshot& index) {
  std::vector<std::string> known;
  for (const std::string& region : request.regions()) {
    if (index.HasRegion(region)) known.push_back(region);
  }
  if (known.empty() && !request.regions().empty()) known.emplace_back(kNoRegion);
  return known;
}

}  // namespace

// A question with the state of the data that it is answered from.
struct EmployerLists::Question {
  MatchView view;
  v1::Task task;
  bool is_stored;
  std::string asked;  // what references are for
  std::vector<std::string> regions;
  ResolvedOptions options;  // with needs aside

  const std::string& employer() const { return task.employer(); }
};

absl::StatusOr<EmployerLists::Question> EmployerLists::Ask(
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
  if (task->features_size() > limits_.features_max) {
    return InvalidField(
        request.has_task() ? "task.features" : "inline_task.features",
        absl::StrCat("must be at most ", limits_.features_max, " for an employer's list"));
  }
  auto options = Resolve(request.options(), *view, parts_.surroundings.now(), "");
  if (!options.ok()) return options.status();
  options->basis = NeedsAside(std::move(options->basis));
  // What is not stored is called what it says: each change to it gives everybody another reference.
  std::string asked = request.has_task() ? task->name() : ContentDigest(*task, {});
  std::vector<std::string> regions = KnownRegions(request, *view->index);
  return Question{*std::move(view), *std::move(task),   request.has_task(),
                  std::move(asked), std::move(regions), *std::move(options)};
}

absl::StatusOr<EmployerLists::Answer> EmployerLists::Find(
    const CallContext& context, const v1::FindCandidatesRequest& request) {
  if (absl::Status checked = CheckOptions(request.options()); !checked.ok()) return checked;
  const std::string method = ScopedMethod(kMethod, context.caller);
  const auto token = parts_.page_tokens.Open(method, request);
  if (!token.ok()) return token.status();
  std::optional<MatchCursor> cursor;
  if (!token->empty() && !(cursor = ParseCursor(*token))) return InvalidPageToken("page_token");
  const auto question = Ask(context, request);
  if (!question.ok()) return question.status();

  OpenedEmployerList opened;
  if (cursor) {
    auto found = book_.Find(question->employer(), cursor->result_id, parts_.surroundings.now());
    if (!found.ok()) return found.status();
    if (!found->has_value()) return PageExpired(cursor->data_sequence);
    opened.frozen = **std::move(found);
  } else {
    auto made = book_.Open(question->employer(), QuestionOf(question->task, question->regions),
                           parts_.surroundings.now(), [&](const std::string& list_id) {
                             return MakeList(context, *question, list_id);
                           });
    if (!made.ok()) return made.status();
    opened = *std::move(made);
  }
  const auto size = static_cast<size_t>(
      PageSizeOf(request.page_size(), kMatchPageSizeDefault, kMatchPageSizeMax));
  const auto places = static_cast<size_t>(opened.frozen.list.passports_size());
  const size_t begin = std::min(cursor ? cursor->offset : 0, places);
  const size_t end = std::min(begin + size, places);
  auto answer = PageOf(*question, opened, begin, end);
  if (!answer.ok()) return answer;
  RecordEmployerList(context,
                     {question->is_stored ? question->task.name() : "", opened.frozen.id,
                      opened.frozen.version, opened.frozen.list, begin, end},
                     answer->response, answer->passports);
  if (!cursor) *answer->response.mutable_employer_list() = Describe(*question, opened);
  if (end < places) {
    const auto sequence = static_cast<uint64_t>(opened.frozen.list.data_sequence());
    answer->response.set_next_page_token(
        parts_.page_tokens.Make(method, request, MakeCursor({opened.frozen.id, end, sequence})));
  }
  return answer;
}

absl::StatusOr<store::v1::EmployerList> EmployerLists::MakeList(const CallContext& context,
                                                                const Question& question,
                                                                const std::string& list_id) const {
  const ResolvedOptions& by = question.options;
  const matcher::Work work = NeedsAside(WorkOf(question.task, *by.basis.taxonomy));
  matcher::RankOptions options;
  options.regions = question.regions;
  options.seed = list_id;
  options.limit = limits_.listed_max;
  options.cancelled = [&context] { return context.pointless(); };
  auto ranked = parts_.ranking.people(*question.view.index, by.basis, work, options);
  if (!ranked.ok()) return WhyEnded(ranked.status(), context);
  if (parts_.shadow != nullptr && parts_.shadow->ChoosesNext()) {
    parts_.shadow->Check({question.view, by, work, options, ranked->ranking,
                          question.is_stored ? question.task.name() : "a task that is not stored"});
  }
  store::v1::EmployerList list;
  *list.mutable_task() = question.task;
  list.set_conditions_close_nothing(true);
  for (const std::string& region : question.regions) list.add_regions(region);
  const matcher::ReferenceScorer scorer(by.basis, work);
  for (std::string& passport : EmployerOrder(parts_.references, list_id, scorer, ranked->people)) {
    list.add_passports(std::move(passport));
  }
  *list.mutable_counts() = CountsOf(ranked->ranking.counts);
  list.set_data_sequence(static_cast<int64_t>(question.view.sequence));
  list.set_policy_version(by.policy_version);
  for (const matcher::BasisPoints weight : by.basis.weights) list.add_weights(weight);
  list.set_as_of_day(by.basis.as_of);
  for (const std::string& taxonomy : question.view.taxonomies) list.add_taxonomies(taxonomy);
  return list;
}

absl::StatusOr<EmployerLists::Answer> EmployerLists::PageOf(const Question& question,
                                                            const OpenedEmployerList& opened,
                                                            size_t begin, size_t end) const {
  const FrozenList& frozen = opened.frozen;
  const ResolvedOptions& by = question.options;
  const LabelOf label_of = LabelsIn(*question.view.catalog, by.language_code);
  const matcher::ReferenceScorer scorer(
      by.basis, NeedsAsideFor(frozen.list, WorkOf(frozen.list.task(), *by.basis.taxonomy)));
  Answer answer;
  for (size_t place = begin; place < end; ++place) {
    const std::string& passport = frozen.list.passports(static_cast<int>(place));
    const auto stored = ReadPerson(*question.view.records, passport, *by.basis.taxonomy);
    if (!stored.ok()) return stored.status();
    if (!stored->has_value() || (*stored)->state != v1::PASSPORT_STATE_ACTIVE) continue;
    const matcher::Person& person = (*stored)->person;
    const matcher::Fit fit = scorer.Score(person);
    if (fit.outcome == matcher::Outcome::kExcluded) continue;
    v1::Candidate& candidate = *answer.response.add_candidates();
    candidate.set_rank(static_cast<int32_t>(place + 1));
    candidate.set_candidate(ReferenceOf(question.asked, frozen, person.name));
    *candidate.mutable_view() =
        EmployerViewOf({by.basis, scorer.work(), person, fit}, by.language_code, label_of);
    answer.passports.push_back(person.name);
  }
  *answer.response.mutable_basis() = BasisOf(by, question.view);
  return answer;
}

v1::EmployerList EmployerLists::Describe(const Question& question,
                                         const OpenedEmployerList& opened) {
  const store::v1::EmployerList& list = opened.frozen.list;
  v1::EmployerList described;
  *described.mutable_freeze_time() = list.freeze_time();
  *described.mutable_renew_time() = list.renew_time();
  described.set_outdated(opened.outdated);
  described.set_lists_left(static_cast<int32_t>(opened.kinds_left));
  const store::v1::Counts& counts = list.counts();
  *described.mutable_considered() = Coarse(counts.considered());
  *described.mutable_suitable() = Coarse(counts.ranked() + counts.to_be_asked());
  const auto people = reaches_.Sample(*question.view.index, parts_.surroundings.now());
  v1::OfferReach& reach = *described.mutable_offer();
  reach = ReachAmong(*people, question.options.basis.policy,
                     WorkOf(question.task, *question.options.basis.taxonomy));
  reach.set_text(TextOf(reach, question.options.language_code));
  return described;
}

std::string EmployerLists::ReferenceOf(const std::string& asked, const FrozenList& frozen,
                                       const std::string& passport) const {
  const absl::Time epoch = ToTime(frozen.list.freeze_time());
  return parts_.references.Make(
      frozen.list.employer(),
      absl::StrCat(absl::BytesToHexString(asked), "@", frozen.id, "@", absl::ToUnixMicros(epoch)),
      passport);
}

absl::StatusOr<std::optional<std::string>> EmployerLists::FindReference(
    const v1::Task& task, const std::string& reference) const {
  // The task may have been another when the list was made, and asked about for other regions.
  auto lists = book_.OfEmployer(task.employer(), parts_.surroundings.now());
  if (!lists.ok()) return lists.status();
  for (const FrozenList& frozen : *lists) {
    for (const std::string& passport : frozen.list.passports()) {
      std::string name = MakeName(PassportName{passport});
      if (ReferenceOf(task.name(), frozen, name) == reference) return name;
    }
  }
  return std::nullopt;
}

absl::StatusOr<EmployerLists::References> EmployerLists::ReferencesFor(const v1::Task& task) const {
  const absl::Time now = parts_.surroundings.now();
  auto list = book_.InForce(task.employer(), QuestionOf(task, {}), now);
  if (!list.ok()) return list.status();
  if (!list->has_value()) {
    auto others = book_.OfEmployer(task.employer(), now);
    if (!others.ok()) return others.status();
    for (FrozenList& other : *others) {
      if (other.list.task().name() != task.name()) continue;
      const bool newer = !list->has_value() ||
                         ToTime((*list)->list.freeze_time()) <= ToTime(other.list.freeze_time());
      if (newer) *list = std::move(other);
    }
  }
  References references;
  if (!list->has_value()) return references;
  for (const std::string& passport : (*list)->list.passports()) {
    std::string name = MakeName(PassportName{passport});
    std::string reference = ReferenceOf(task.name(), **list, name);
    references.emplace(std::move(name), std::move(reference));
  }
  return references;
}

}  // namespace passend::service
