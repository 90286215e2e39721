#include <memory>

#include "service/client/commands.h"
#include "service/client/listing.h"
#include "service/client/record_views.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kPageSizeMax = 1000;

struct ListArguments {
  std::string region;
  std::string employer;
  std::string state;
  int limit = 50;
};

int RunShow(CommandContext& context, const std::string& task) {
  v1::GetTaskRequest request;
  request.set_name(ResourceName("tasks/", task));
  Connection& connection = context.connection();
  auto response = connection.Call(connection.tasks(), &v1::TaskService::Stub::GetTask, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, TaskText(context.style(), *response));
}

int RunList(CommandContext& context, const ListArguments& arguments) {
  v1::ListTasksRequest request;
  request.set_region(arguments.region);
  if (!arguments.employer.empty()) {
    request.set_employer(ResourceName("employers/", arguments.employer));
  }
  if (arguments.state == "open") request.set_state(v1::TASK_STATE_OPEN);
  if (arguments.state == "closed") request.set_state(v1::TASK_STATE_CLOSED);
  Connection& connection = context.connection();
  auto response = ListUpTo<v1::ListTasksResponse>(
      request, arguments.limit, kPageSizeMax,
      [&](const v1::ListTasksRequest& page) {
        return connection.Call(connection.tasks(), &v1::TaskService::Stub::ListTasks, page);
      },
      [](v1::ListTasksResponse& r) { return r.mutable_tasks(); });
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, TaskListText(context.style(), response->tasks()));
}

int RunClose(CommandContext& context, const std::string& task) {
  v1::CloseTaskRequest request;
  request.set_name(ResourceName("tasks/", task));
  Connection& connection = context.connection();
  auto response = connection.Call(connection.tasks(), &v1::TaskService::Stub::CloseTask, request);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, context.Said(Word::kClosedTask, {response->name()}) + "\n");
}

using RunTask = int (*)(CommandContext&, const std::string&);

void AddTaskCommand(CLI::App& group, CommandContext& context, const std::string& name, Word help,
                    RunTask run) {
  auto task = std::make_shared<std::string>();
  CLI::App* command = AddCommand(group, context, name, help);
  command->add_option("task", *task, context.Said(Word::kHelpTask))->required()->type_name("TASK");
  command->callback([&context, task, run] {
    context.action = [&context, task, run] { return run(context, *task); };
  });
}

}  // namespace

void AddTaskCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "task", Word::kHelpTaskGroup);
  group->require_subcommand(1);
  AddTaskCommand(*group, context, "show", Word::kHelpTaskShow, RunShow);

  auto list = std::make_shared<ListArguments>();
  CLI::App* command = AddCommand(*group, context, "list", Word::kHelpTaskList);
  command->add_option("--region", list->region, context.Said(Word::kHelpRegion))
      ->type_name("REGION");
  command->add_option("--employer", list->employer, context.Said(Word::kHelpEmployer))
      ->type_name("EMPLOYER");
  AllowOnly(*command->add_option("--state", list->state, context.Said(Word::kHelpState)), context,
            {"open", "closed"});
  command->add_option("--limit", list->limit, context.Said(Word::kHelpLimit))
      ->type_name("N")
      ->check(WholeNumber(context, "--limit", 1, 1000000))
      ->capture_default_str();
  command->callback(
      [&context, list] { context.action = [&context, list] { return RunList(context, *list); }; });
  AddTaskCommand(*group, context, "close", Word::kHelpTaskClose, RunClose);
}

}  // namespace passend::client
