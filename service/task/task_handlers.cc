#include "service/task/task_handlers.h"

#include <optional>
#include <utility>

#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/masks/update_mask.h"
#include "service/names/random_id.h"
#include "service/names/resource_names.h"
#include "service/paging/resource_page.h"
#include "service/records/change_event.h"
#include "service/records/known_skill.h"
#include "service/records/stored_message.h"
#include "service/records/support_kinds.h"
#include "service/rules/task_rules.h"
#include "service/validation/field_check.h"

namespace passend::service {
namespace {

constexpr char kField[] = "task";

absl::StatusOr<v1::Task> ParseTask(const storage::Record& record) {
  return ParseStored<v1::Task>(record, MakeName(TaskName{record.key.id}));
}

// What the server fills in whenever a task is written, but for the times.
void Complete(v1::Task& task) {
  FillSupportKinds(*task.mutable_support_offers());
  for (v1::SupportOffer& offer : *task.mutable_support_offers()) {
    if (offer.shared_by_people() == 0) offer.set_shared_by_people(1);
  }
}

storage::Batch WriteOf(const TaskName& name, const v1::Task& task, storage::Version expected) {
  const storage::Key key = KeyOf(name);
  storage::Batch batch;
  batch.expectations = {{key, expected}};
  batch.mutations.push_back({key, StoredValue(task)});
  batch.events.push_back(ChangeEvent(key, Change::kChanged));
  return batch;
}

}  // namespace

absl::Status CheckWholeTask(const v1::Task& task, std::string_view field,
                            const SkillCatalog& catalog) {
  FieldViolations violations = FindViolations(task, field);
  // A task that says nothing of its additionality is told so once.
  if (violations.empty()) violations = CheckTask(task, FieldPath(std::string(field)));
  if (!violations.empty()) return InvalidFields(violations);
  const FieldPath skills = FieldPath(std::string(field)) / "required_skills";
  for (int i = 0; i < task.required_skills_size(); ++i) {
    absl::Status known = CheckSkill(catalog, task.required_skills(i).skill(),
                                    (skills[i] / "skill").text(), SkillUse::kRequired);
    if (!known.ok()) return known;
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Task> TaskHandlers::ReadByName(const Access& access,
                                                  const std::string& name) const {
  const std::optional<TaskName> parsed = ParseTaskName(name);
  if (!parsed.has_value()) return TaskNotFound(name);
  auto record = ReadOne(tools_.store, KeyOf(*parsed));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return TaskNotFound(name);
  absl::StatusOr<v1::Task> task = ParseTask(**record);
  if (task.ok() && !access.Reaches(*task)) return TaskNotFound(name);
  return task;
}

absl::StatusOr<v1::Task> TaskHandlers::Unchanged(const TaskName& name, const v1::Task& task,
                                                 const RepeatableRequest& repeatable) {
  absl::Status kept = repeatable.CommitUnchanged(
      tools_.store, ChangeEvent(KeyOf(name), Change::kChanged), task.name());
  if (!kept.ok()) return kept;
  return task;
}

absl::StatusOr<v1::Task> TaskHandlers::Create(const CallContext& context,
                                              const v1::CreateTaskRequest& request) {
  const Access access(context, tools_.store);
  if (absl::Status left = access.CheckTaskId(request.task_id()); !left.ok()) return left;
  const RepeatableRequest repeatable(context, request);
  const TaskName name{request.task_id().empty() ? RandomId(tools_.surroundings)
                                                : request.task_id()};
  absl::MutexLock lock(&tools_.locks.For(name.task));
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(access, **receipt);
  if (absl::Status checked = CheckWholeTask(request.task(), kField, catalog_); !checked.ok()) {
    return checked;
  }
  if (absl::Status owned = access.CheckEmployer(request.task(), "task.employer"); !owned.ok()) {
    return owned;
  }
  auto present = ReadOne(tools_.store, KeyOf(name));
  if (!present.ok()) return present.status();
  if (present->has_value()) return TaskExists(MakeName(name));

  const absl::Time now = tools_.surroundings.now();
  v1::Task task = request.task();
  task.set_name(MakeName(name));
  task.clear_etag();
  task.set_state(v1::TASK_STATE_OPEN);
  *task.mutable_create_time() = ToTimestamp(now);
  *task.mutable_update_time() = ToTimestamp(now);
  Complete(task);
  if (request.validate_only()) {
    if (request.task_id().empty()) task.clear_name();
    return task;
  }
  auto committed = repeatable.Commit(tools_.store, WriteOf(name, task, 0), task.name());
  if (!committed.ok()) return committed.status();
  // With random ids, equal requests wait for different locks.
  if (committed->repeated_response) return ReadByName(access, *committed->repeated_response);
  task.set_etag(EtagOf(committed->sequence));
  return task;
}

absl::StatusOr<v1::Task> TaskHandlers::Get(const CallContext& context,
                                           const v1::GetTaskRequest& request) const {
  return ReadByName(Access(context, tools_.store), request.name());
}

absl::StatusOr<v1::Task> TaskHandlers::Update(const CallContext& context,
                                              const v1::UpdateTaskRequest& request) {
  const std::string& text = request.task().name();
  const std::optional<TaskName> name = ParseTaskName(text);
  if (!name.has_value()) return InvalidFieldForm("task.name", v1::STRING_FORM_TASK_NAME);

  const Access access(context, tools_.store);
  const RepeatableRequest repeatable(context, request);
  absl::MutexLock lock(&tools_.locks.For(name->task));
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(access, **receipt);
  auto record = ReadOne(tools_.store, KeyOf(*name));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return TaskNotFound(text);
  const absl::StatusOr<v1::Task> stored = ParseTask(**record);
  if (!stored.ok()) return stored;
  if (!access.Reaches(*stored)) return TaskNotFound(text);
  if (stored->state() == v1::TASK_STATE_CLOSED) return TaskClosed(text);
  if (!request.task().etag().empty() && request.task().etag() != stored->etag()) {
    return EtagMismatch(text, stored->etag());
  }
  v1::Task task = *stored;
  if (absl::Status applied = ApplyUpdate(request.update_mask(), request.task(), task);
      !applied.ok()) {
    return applied;
  }
  if (absl::Status checked = CheckWholeTask(task, kField, catalog_); !checked.ok()) {
    return checked;
  }
  if (absl::Status owned = access.CheckEmployer(task, "task.employer"); !owned.ok()) return owned;
  Complete(task);
  const bool changes = StoredValue(task) != StoredValue(*stored);
  if (!changes && !request.validate_only()) return Unchanged(*name, *stored, repeatable);
  if (changes) *task.mutable_update_time() = ToTimestamp(tools_.surroundings.now());
  if (request.validate_only()) return task;
  auto committed =
      repeatable.Commit(tools_.store, WriteOf(*name, task, (*record)->version), task.name());
  if (!committed.ok()) return committed.status();
  task.set_etag(EtagOf(committed->sequence));
  return task;
}

absl::StatusOr<v1::ListTasksResponse> TaskHandlers::List(
    const CallContext& context, const v1::ListTasksRequest& request) const {
  const Access access(context, tools_.store);
  const std::string method = ScopedMethod(context);
  auto cursor = tools_.page_tokens.Open(method, request);
  if (!cursor.ok()) return cursor.status();
  auto page = ReadPage<v1::Task>(
      tools_.store, {storage::RecordKind::kTask, "", *cursor},
      PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax), context, ParseTask,
      [&](const v1::Task& task) {
        return access.Reaches(task) &&
               (request.employer().empty() || task.employer() == request.employer()) &&
               (request.region().empty() || task.place().region() == request.region()) &&
               (request.state() == v1::TASK_STATE_UNSPECIFIED || task.state() == request.state());
      });
  if (!page.ok()) return page.status();
  v1::ListTasksResponse response;
  for (v1::Task& task : page->resources) *response.add_tasks() = std::move(task);
  if (!page->cursor.empty()) {
    response.set_next_page_token(tools_.page_tokens.Make(method, request, page->cursor));
  }
  return response;
}

absl::StatusOr<v1::Task> TaskHandlers::Close(const CallContext& context,
                                             const v1::CloseTaskRequest& request) {
  const Access access(context, tools_.store);
  const RepeatableRequest repeatable(context, request);
  const TaskName name = ParseTaskName(request.name()).value();
  absl::MutexLock lock(&tools_.locks.For(name.task));
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(access, **receipt);
  auto record = ReadOne(tools_.store, KeyOf(name));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return TaskNotFound(request.name());
  absl::StatusOr<v1::Task> task = ParseTask(**record);
  if (!task.ok()) return task;
  if (!access.Reaches(*task)) return TaskNotFound(request.name());
  if (task->state() == v1::TASK_STATE_CLOSED) return Unchanged(name, *task, repeatable);
  if (!request.etag().empty() && request.etag() != task->etag()) {
    return EtagMismatch(request.name(), task->etag());
  }
  task->set_state(v1::TASK_STATE_CLOSED);
  *task->mutable_update_time() = ToTimestamp(tools_.surroundings.now());
  auto committed =
      repeatable.Commit(tools_.store, WriteOf(name, *task, (*record)->version), task->name());
  if (!committed.ok()) return committed.status();
  task->set_etag(EtagOf(committed->sequence));
  return task;
}

void TaskHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::CreateTaskRequest, v1::Task>(
      "passend.v1.TaskService.CreateTask",
      [this](const auto& context, const auto& request) { return Create(context, request); });
  bindings.Bind<v1::GetTaskRequest, v1::Task>(
      "passend.v1.TaskService.GetTask",
      [this](const auto& context, const auto& request) { return Get(context, request); });
  bindings.Bind<v1::UpdateTaskRequest, v1::Task>(
      "passend.v1.TaskService.UpdateTask",
      [this](const auto& context, const auto& request) { return Update(context, request); });
  bindings.Bind<v1::ListTasksRequest, v1::ListTasksResponse>(
      "passend.v1.TaskService.ListTasks",
      [this](const auto& context, const auto& request) { return List(context, request); });
  bindings.Bind<v1::CloseTaskRequest, v1::Task>(
      "passend.v1.TaskService.CloseTask",
      [this](const auto& context, const auto& request) { return Close(context, request); });
}

}  // namespace passend::service
