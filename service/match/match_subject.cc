#include "service/match/match_subject.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/names/resource_names.h"
#include "service/records/known_skill.h"
#include "service/rules/task_rules.h"

namespace passend::service {

absl::StatusOr<v1::Task> StoredTask(const storage::Store& store, const std::string& name) {
  const auto parsed = ParseTaskName(name);
  if (!parsed) return TaskNotFound(name);
  auto task = ReadTask(store, parsed->task);
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

absl::StatusOr<StoredPerson> AskedPerson(const std::string& name, const MatchParts& parts,
                                         const matcher::Taxonomy& taxonomy) {
  const auto parsed = ParsePassportName(name);
  if (!parsed) return PassportNotFound(name);
  auto stored = ReadPerson(parts.store, parsed->passport, taxonomy);
  if (!stored.ok()) return stored.status();
  if (!*stored) return PassportNotFound(name);
  return **std::move(stored);
}

absl::Status NoSubject() {
  return InvalidField("task", "must name a stored task, or be left out for an inline_task");
}

}  // namespace passend::service
