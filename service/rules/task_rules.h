// What must hold between the fields of a task.
#ifndef PASSEND_SERVICE_RULES_TASK_RULES_H_
#define PASSEND_SERVICE_RULES_TASK_RULES_H_

#include "passend/v1/task.pb.h"
#include "service/rules/field_violation.h"

namespace passend::service {

// The shares of sub-tasks sum to 100; each skill and each solution at most once; growth is not
// below and a shared part not above the start; all hours are not below one slot; blocks start
// before they end; the title and the additionality statement say something (SaysSomething).
FieldViolations CheckTask(const v1::Task& task, const FieldPath& path);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RULES_TASK_RULES_H_
