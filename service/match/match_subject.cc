#include "service/match/match_subject.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/names/resource_names.h"
#include "service/records/known_skill.h"
#include "service/rules/task_rules.h"

namespace passend::service {
namespace {

CommitsToAwait ToAwait(const MatchParts& parts) {
  if (parts.awaited != nullptr) return parts.awaited->ToAwait();
  const storage::Sequence last = parts.store.LastSequence();
  return {last, last};
}

// The view, which has all that is awaited, as that of the last commit: it is the same.
absl::StatusOr<MatchView> SteppedOn(absl::StatusOr<MatchView> view, const CommitsToAwait& commits) {
  if (!view.ok() || view->sequence >= commits.last) return view;
  if (view->complete_sequence == view->sequence) view->complete_sequence = commits.last;
  view->sequence = commits.last;
  return view;
}

}  // namespace

absl::StatusOr<MatchView> ViewFor(const CallContext& context, int64_t min_data_sequence,
                                  const MatchParts& parts) {
  const CommitsToAwait commits = ToAwait(parts);
  // A commit is in the index, for a moment, before it is acknowledged.
  const storage::Sequence last = std::max(commits.last, parts.follower.view().sequence);
  const auto asked = static_cast<storage::Sequence>(min_data_sequence);
  if (asked > last) return FutureSequence("min_data_sequence", last);
  auto view = SteppedOn(parts.follower.AwaitApplied(commits.awaited, context), commits);
  if (!view.ok() || view->complete_sequence >= asked) return view;
  return SteppedOn(parts.follower.AwaitComplete(std::min(asked, commits.awaited), context),
                   commits);
}

absl::StatusOr<MatchView> ViewWithNewSkills(const CallContext& context, const MatchParts& parts) {
  const CommitsToAwait commits = ToAwait(parts);
  return SteppedOn(parts.follower.AwaitComplete(commits.awaited, context), commits);
}

absl::StatusOr<v1::Task> StoredTask(const MatchView& view, const std::string& name) {
  const auto parsed = ParseTaskName(name);
  if (!parsed) return TaskNotFound(name);
  auto task = ReadTask(*view.records, parsed->task);
  if (!task.ok()) return task.status();
  if (!*task) return TaskNotFound(name);
  return **std::move(task);
}

absl::Status CheckInlineTask(const v1::Task& task, const SkillCatalog& catalog) {
  const FieldPath path("inline_task");
  const FieldViolations violations = CheckTask(task, path);
  if (!violations.empty()) return InvalidFields(violations);
  for (int place = 0; place < task.required_skills_size(); ++place) {
    absl::Status known =
        CheckSkill(catalog, task.required_skills(place).skill(),
                   ((path / "required_skills")[place] / "skill").text(), SkillUse::kRequired);
    if (!known.ok()) return known;
  }
  return absl::OkStatus();
}

absl::StatusOr<StoredPerson> AskedPerson(const MatchView& view, const std::string& name) {
  const auto parsed = ParsePassportName(name);
  if (!parsed) return PassportNotFound(name);
  auto stored = ReadPerson(*view.records, parsed->passport, *view.catalog->taxonomy());
  if (!stored.ok()) return stored.status();
  if (!*stored) return PassportNotFound(name);
  return **std::move(stored);
}

absl::Status NoSubject() {
  return InvalidField("task", "must name a stored task, or be left out for an inline_task");
}

}  // namespace passend::service
