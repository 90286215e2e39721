#include "service/rules/task_rules.h"

#include <string>

#include "service/rules/shared_rules.h"

namespace passend::service {
namespace {

void CheckSubTasks(const v1::Task& task, const FieldPath& path, FieldViolations& violations) {
  if (task.sub_tasks_size() == 0) return;
  int64_t sum = 0;
  for (const v1::SubTask& sub_task : task.sub_tasks()) sum += sub_task.hours_share_percent();
  if (sum == 100) return;
  violations.push_back(
      {path.text(), "shares must sum to 100 percent; they sum to " + std::to_string(sum)});
}

void CheckHours(const v1::TaskHours& hours, const FieldPath& path, FieldViolations& violations) {
  const std::string start =
      "start_weekly_hours (" + std::to_string(hours.start_weekly_hours()) + ")";
  if (hours.growth_weekly_hours() != 0 &&
      hours.growth_weekly_hours() < hours.start_weekly_hours()) {
    violations.push_back({(path / "growth_weekly_hours").text(), "must not be below " + start});
  }
  if (hours.shared_weekly_hours_min() > hours.start_weekly_hours()) {
    violations.push_back({(path / "shared_weekly_hours_min").text(), "must not be above " + start});
  }
  if (hours.total_weekly_hours() != 0 && hours.total_weekly_hours() < hours.start_weekly_hours()) {
    violations.push_back({(path / "total_weekly_hours").text(), "must not be below " + start});
  }
}

}  // namespace

FieldViolations CheckTask(const v1::Task& task, const FieldPath& path) {
  FieldViolations violations;
  if (!SaysSomething(task.title())) {
    violations.push_back({(path / "title").text(), "must say in words what the work is called"});
  }
  CheckSubTasks(task, path / "sub_tasks", violations);
  CheckNoRepeats(
      task.required_skills(), path / "required_skills", "skill",
      [](const v1::RequiredSkill& required) { return required.skill(); }, violations);
  CheckNoRepeats(
      task.support_offers(), path / "support_offers", "solution",
      [](const v1::SupportOffer& offer) { return offer.solution(); }, violations);
  CheckHours(task.hours(), path / "hours", violations);
  CheckSchedule(task.schedule(), path / "schedule", violations);
  if (!SaysSomething(task.additionality().statement())) {
    violations.push_back({(path / "additionality" / "statement").text(),
                          "must say in what way the work does not push out paid workers"});
  }
  return violations;
}

}  // namespace passend::service
