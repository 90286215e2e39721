// What TaskService answers, without gRPC. Requests have passed the rules of their fields.
#ifndef PASSEND_SERVICE_TASK_TASK_HANDLERS_H_
#define PASSEND_SERVICE_TASK_TASK_HANDLERS_H_

#include <string>

#include "absl/status/statusor.h"
#include "passend/v1/task_service.pb.h"
#include "service/access/access.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/handler_tools.h"
#include "service/names/resource_names.h"
#include "service/skill_catalog.h"

namespace passend::service {

// Everything that a task must satisfy to be stored, or asked about: the rules of its fields and
// those between them (INVALID_FIELD), and skills that exist (UNKNOWN_SKILL). `field` is its path in
// the request.
absl::Status CheckWholeTask(const v1::Task& task, std::string_view field,
                            const SkillCatalog& catalog);

// Thread safety: all methods may be called from any thread. Errors as in task_service.proto;
// nothing is written on any of them.
class TaskHandlers {
 public:
  // `catalog` must outlive the handlers.
  TaskHandlers(const HandlerTools& tools, const SkillCatalog& catalog)
      : tools_(tools), catalog_(catalog) {}

  absl::StatusOr<v1::Task> Create(const CallContext& context, const v1::CreateTaskRequest& request);
  absl::StatusOr<v1::Task> Get(const CallContext& context, const v1::GetTaskRequest& request) const;
  absl::StatusOr<v1::Task> Update(const CallContext& context, const v1::UpdateTaskRequest& request);
  absl::StatusOr<v1::ListTasksResponse> List(const CallContext& context,
                                             const v1::ListTasksRequest& request) const;
  absl::StatusOr<v1::Task> Close(const CallContext& context, const v1::CloseTaskRequest& request);

  void BindTo(MethodBindings& bindings);

 private:
  // TASK_NOT_FOUND where there is none, or none that is within reach.
  absl::StatusOr<v1::Task> ReadByName(const Access& access, const std::string& name) const;
  // `task`, for a request that finds it as it asks.
  absl::StatusOr<v1::Task> Unchanged(const TaskName& name, const v1::Task& task,
                                     const RepeatableRequest& repeatable);

  HandlerTools tools_;
  const SkillCatalog& catalog_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TASK_TASK_HANDLERS_H_
