#include <charconv>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "service/client/audit_view.h"
#include "service/client/commands.h"
#include "service/client/listing.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kPageSizeMax = 1000;
constexpr int kLimitDefault = 50;
constexpr int kLimitMax = 1'000'000;

int RunLog(CommandContext& context, const std::string& person, int limit) {
  v1::ListAccessLogRequest request;
  request.set_parent("passports/-");
  if (!person.empty()) {
    auto name = PassportName(person, context.labels(), context.language());
    if (!name.ok()) return context.Fail(name.status());
    request.set_parent(*std::move(name));
  }
  Connection& connection = context.connection();
  auto response = ListUpTo<v1::ListAccessLogResponse>(
      request, limit, kPageSizeMax,
      [&](const v1::ListAccessLogRequest& page) {
        return connection.Call(connection.audit(), &v1::AuditService::Stub::ListAccessLog, page);
      },
      [](v1::ListAccessLogResponse& r) { return r.mutable_entries(); });
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, LogText(context.style(), context.labels(), response->entries()));
}

absl::StatusOr<v1::ListDecisionsResponse> ListDecisions(CommandContext& context,
                                                        const std::string& task, int limit) {
  v1::ListDecisionsRequest request;
  if (!task.empty()) request.set_task(ResourceName("tasks/", task));
  Connection& connection = context.connection();
  return ListUpTo<v1::ListDecisionsResponse>(
      request, limit, kPageSizeMax,
      [&](const v1::ListDecisionsRequest& page) {
        return connection.Call(connection.audit(), &v1::AuditService::Stub::ListDecisions, page);
      },
      [](v1::ListDecisionsResponse& r) { return r.mutable_decisions(); });
}

int RunDecisions(CommandContext& context, const std::string& task, int limit) {
  auto response = ListDecisions(context, task, limit);
  if (!response.ok()) return context.Fail(response.status());
  return context.Show(*response, DecisionsText(context.style(), response->decisions()));
}

int RunReplay(CommandContext& context, std::vector<std::string> names) {
  if (names.empty()) {
    auto all = ListDecisions(context, "", std::numeric_limits<int>::max());
    if (!all.ok()) return context.Fail(all.status());
    for (const v1::Decision& decision : all->decisions()) names.push_back(decision.name());
  }
  Connection& connection = context.connection();
  int by_outcome[v1::ReplayOutcome_ARRAYSIZE] = {};
  for (const std::string& name : names) {
    v1::ReplayRequest request;
    request.set_name(ResourceName("decisions/", name));
    auto replayed = connection.Call(connection.audit(), &v1::AuditService::Stub::Replay, request);
    if (!replayed.ok()) return context.Fail(replayed.status());
    if (v1::ReplayOutcome_IsValid(replayed->outcome())) ++by_outcome[replayed->outcome()];
    context.Show(*replayed, ReplayText(context.style(), *replayed));
  }
  if (!context.settings().json) {
    context.surroundings().out
        << context.Said(Word::kReplayCounts,
                        {std::to_string(names.size()),
                         std::to_string(by_outcome[v1::REPLAY_OUTCOME_IDENTICAL]),
                         std::to_string(by_outcome[v1::REPLAY_OUTCOME_IDENTICAL_BUT_ERASED]),
                         std::to_string(by_outcome[v1::REPLAY_OUTCOME_INPUT_GONE]),
                         std::to_string(by_outcome[v1::REPLAY_OUTCOME_DIFFERENT])})
        << "\n";
  }
  return by_outcome[v1::REPLAY_OUTCOME_DIFFERENT] == 0 ? kExitOk : kExitRefused;
}

int RunCheck(CommandContext& context, const std::string& known) {
  v1::CheckAccessLogRequest request;
  if (!known.empty()) {
    const size_t colon = known.find(':');
    int64_t sequence = 0;
    const auto read = std::from_chars(known.data(), known.data() + known.size(), sequence);
    if (colon == std::string::npos || read.ptr != known.data() + colon) {
      return context.Misused(context.Said(Word::kNotAValue, {"--known " + known}));
    }
    request.set_known_sequence(sequence);
    request.set_known_chain(known.substr(colon + 1));
  }
  Connection& connection = context.connection();
  auto checked =
      connection.Call(connection.audit(), &v1::AuditService::Stub::CheckAccessLog, request);
  if (!checked.ok()) return context.Fail(checked.status());
  context.Show(*checked, CheckText(context.style(), *checked));
  return checked->whole() ? kExitOk : kExitRefused;
}

}  // namespace

void AddAuditCommands(CLI::App& app, CommandContext& context) {
  auto limit = std::make_shared<int>(kLimitDefault);
  const auto add_limit = [&](CLI::App& command) {
    command.add_option("--limit", *limit, context.Said(Word::kHelpLimit))
        ->check(WholeNumber(context, "--limit", 1, kLimitMax))
        ->type_name("N");
  };
  auto person = std::make_shared<std::string>();
  CLI::App* command = AddCommand(app, context, "log", Word::kHelpLog);
  command->add_option("passport", *person, context.Said(Word::kHelpLogPassport))
      ->type_name("PASSPORT");
  add_limit(*command);
  command->callback([&context, person, limit] {
    context.action = [&context, person, limit] { return RunLog(context, *person, *limit); };
  });

  auto task = std::make_shared<std::string>();
  command = AddCommand(app, context, "decisions", Word::kHelpDecisions);
  command->add_option("--task", *task, context.Said(Word::kHelpDecisionsTask))->type_name("TASK");
  add_limit(*command);
  command->callback([&context, task, limit] {
    context.action = [&context, task, limit] { return RunDecisions(context, *task, *limit); };
  });

  auto names = std::make_shared<std::vector<std::string>>();
  command = AddCommand(app, context, "replay", Word::kHelpReplay);
  command->add_option("decision", *names, context.Said(Word::kHelpReplayDecision))
      ->type_name("DECISION");
  command->callback([&context, names] {
    context.action = [&context, names] { return RunReplay(context, *names); };
  });

  auto known = std::make_shared<std::string>();
  command = AddCommand(app, context, "check-log", Word::kHelpCheckLog);
  command->add_option("--known", *known, context.Said(Word::kHelpKnown))
      ->type_name("SEQUENCE:CHAIN");
  command->callback([&context, known] {
    context.action = [&context, known] { return RunCheck(context, *known); };
  });
}

}  // namespace passend::client
