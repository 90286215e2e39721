#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "service/client/commands.h"
#include "service/client/json_output.h"
#include "service/client/sync/partner_import.h"
#include "service/client/sync/reconcile_run.h"
#include "service/client/sync/refused_report.h"
#include "service/client/sync/sync_arguments.h"
#include "service/client/sync/watch_run.h"
#include "service/client/text_width.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

struct PushArguments {
  std::string partner;
  int batch_records = 100;
};

// One line for each record: the result as JSON, or what a person wants to see of it.
std::string ResultLine(const CommandContext& context, const v1::PushResult& result) {
  std::string line =
      WithoutControls(result.external_id()) + ": " + NameOf(context.language(), result.outcome());
  for (const std::string& field : result.fields()) line += " " + WithoutControls(field);
  for (const v1::PushFault& fault : result.faults()) {
    line += "\n  " + WithoutControls(fault.field() + ": " + fault.description());
  }
  return line + "\n";
}

int RunPushCommand(CommandContext& context, const PushArguments& arguments) {
  Surroundings& surroundings = context.surroundings();
  std::int64_t line_number = 0;
  const NextPushItem next = [&]() -> absl::StatusOr<std::optional<PushItem>> {
    std::string line;
    while (std::getline(surroundings.in, line)) {
      ++line_number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      return PushItemOf(context.language(), SetFormat::kJsonLines, {line_number, line, false});
    }
    return std::nullopt;
  };
  PushBatcher batcher(next, PartnerName(arguments.partner), RandomRun(), arguments.batch_records);
  PushCounts counts;
  const absl::Status status = RunPush(
      context.connection(), EnduranceOf(context), [&] { return batcher.Next(); },
      [&](const PushBatch& batch, const v1::PushResponse& answer) {
        RefusedLines(context.language(), batch, answer, counts);
        for (const v1::PushResult& result : answer.results()) {
          surroundings.out << (context.settings().json ? JsonLine(result)
                                                       : ResultLine(context, result));
        }
        for (const PushItem& item : batch.items) {
          if (item.record.has_value()) continue;
          surroundings.err << item.number << ": " << WithoutControls(item.problem) << "\n";
        }
        if (context.OutputTaken()) return absl::OkStatus();
        return absl::FailedPreconditionError("nobody takes the answers");
      });
  if (!context.OutputTaken()) return kExitRefused;
  if (!status.ok()) return context.Fail(status);
  return counts.accepted + counts.unchanged == counts.all() ? kExitOk : kExitRefused;
}

struct WatchArguments {
  std::string partner;
  std::string cursor;
  std::vector<std::string> regions;
  bool with_validations = false;
  bool once = false;
};

std::string ChangeLine(const CommandContext& context, const v1::WatchChange& change) {
  std::string line = change.passport_name();
  if (!change.external_id().empty()) line += " " + WithoutControls(change.external_id());
  return line + ": " +
         (change.has_passport() ? context.Said(Word::kFeedPassport)
                                : NameOf(context.language(), change.removal())) +
         "\n";
}

int RunWatchCommand(CommandContext& context, const WatchArguments& arguments) {
  v1::WatchRequest request;
  request.set_partner(PartnerName(arguments.partner));
  request.set_cursor(arguments.cursor);
  request.mutable_regions()->Assign(arguments.regions.begin(), arguments.regions.end());
  request.set_with_validations(arguments.with_validations);
  request.mutable_heartbeat_interval()->set_seconds(10);
  std::ostream& out = context.surroundings().out;
  const absl::Status status =
      RunWatch(context.connection(), EnduranceOf(context), request,
               [&](const v1::WatchResponse& part) -> absl::StatusOr<bool> {
                 if (context.settings().json) {
                   out << JsonLine(part);
                 } else {
                   for (const v1::WatchChange& change : part.changes())
                     out << ChangeLine(context, change);
                 }
                 return context.OutputTaken() && !(arguments.once && part.snapshot_complete());
               });
  if (!status.ok() && !absl::IsCancelled(status)) return context.Fail(status);
  // Whoever wanted everybody once does not have them when it is stopped.
  return status.ok() || !arguments.once ? kExitOk : kExitUnreachable;
}

// The last revision of each id in a file of records; an erased one is not there.
absl::StatusOr<std::map<std::string, std::string>> RevisionsIn(CommandContext& context,
                                                               const std::string& path,
                                                               SetFormat format) {
  auto reader = SetReader::Open(path, format);
  if (!reader.ok()) return reader.status();
  std::map<std::string, std::string> revisions;
  while (true) {
    auto item = reader->Next();
    if (!item.ok()) return item.status();
    if (!item->has_value()) return revisions;
    const PushItem read = PushItemOf(context.language(), format, **item);
    if (!read.record.has_value()) {
      return absl::InvalidArgumentError(path + ":" + std::to_string(read.number) + ": " +
                                        read.problem);
    }
    if (read.record->has_erase()) {
      revisions.erase(read.record->external_id());
    } else {
      revisions[read.record->external_id()] = read.record->revision();
    }
  }
}

struct ReconcileArguments {
  std::string path;
  std::string format;
  std::string partner;
};

// `not_compared`: so many records have no revision.
int ShowDifferences(CommandContext& context, const RecordDifferences& found,
                    std::int64_t not_compared) {
  std::ostream& out = context.surroundings().out;
  if (context.settings().json) {
    const nlohmann::ordered_json json = {{"only_here", found.only_here},
                                         {"only_there", found.only_there},
                                         {"differing", found.differing},
                                         {"erased", found.erased},
                                         {"not_compared", not_compared}};
    out << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  } else {
    const auto list = [&](const std::vector<std::string>& ids, Word word) {
      for (const std::string& id : ids) {
        out << WithoutControls(id) << ": " << context.Said(word) << "\n";
      }
    };
    list(found.only_here, Word::kOnlyHere);
    list(found.only_there, Word::kOnlyThere);
    list(found.differing, Word::kDiffering);
    list(found.erased, Word::kErasedThere);
    if (found.empty()) out << context.Said(Word::kNothingDiffers) << "\n";
    if (not_compared > 0) {
      out << context.Said(Word::kNotCompared, {std::to_string(not_compared)}) << "\n";
    }
  }
  out << std::flush;
  return found.empty() ? kExitOk : kExitRefused;
}

int RunReconcile(CommandContext& context, const ReconcileArguments& arguments) {
  auto revisions =
      RevisionsIn(context, arguments.path, SetFormatOf(arguments.format, arguments.path));
  if (!revisions.ok()) return context.Fail(revisions.status());
  Connection& connection = context.connection();
  auto found = FindDifferences(
      PartnerName(arguments.partner), *revisions, [&](const v1::ReconcileRequest& request) {
        return connection.Call(connection.sync(), &v1::SyncService::Stub::Reconcile, request);
      });
  if (!found.ok()) return context.Fail(found.status());
  return ShowDifferences(context, *found,
                         std::count_if(revisions->begin(), revisions->end(),
                                       [](const auto& known) { return known.second.empty(); }));
}

void AddPushCommand(CLI::App& group, CommandContext& context) {
  auto arguments = std::make_shared<PushArguments>();
  CLI::App* command = AddCommand(group, context, "push", Word::kHelpSyncPush);
  command->footer(context.Said(Word::kHelpSyncPushExamples));
  AddPartnerOption(*command, context, arguments->partner);
  AddBatchOption(*command, context, arguments->batch_records);
  command->callback([&context, arguments] {
    context.action = [&context, arguments] { return RunPushCommand(context, *arguments); };
  });
}

void AddFeedCommand(CLI::App& group, CommandContext& context) {
  auto arguments = std::make_shared<WatchArguments>();
  CLI::App* command = AddCommand(group, context, "watch", Word::kHelpSyncWatch);
  AddPartnerOption(*command, context, arguments->partner);
  command->add_option("--cursor", arguments->cursor, context.Said(Word::kHelpCursor))
      ->type_name("CURSOR");
  command->add_option("--region", arguments->regions, context.Said(Word::kHelpRegions))
      ->type_name("REGION");
  command->add_flag("--with-validations", arguments->with_validations,
                    context.Said(Word::kHelpWithValidations));
  command->add_flag("--once", arguments->once, context.Said(Word::kHelpOnce));
  command->callback([&context, arguments] {
    context.action = [&context, arguments] { return RunWatchCommand(context, *arguments); };
  });
}

void AddReconcileCommand(CLI::App& group, CommandContext& context) {
  auto arguments = std::make_shared<ReconcileArguments>();
  CLI::App* command = AddCommand(group, context, "reconcile", Word::kHelpReconcile);
  command->add_option("file", arguments->path, context.Said(Word::kHelpReconcileFile))
      ->required()
      ->type_name("FILE");
  AddFormatOption(*command, context, arguments->format);
  AddPartnerOption(*command, context, arguments->partner);
  command->callback([&context, arguments] {
    context.action = [&context, arguments] { return RunReconcile(context, *arguments); };
  });
}

}  // namespace

void AddSyncCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "sync", Word::kHelpSyncGroup);
  group->require_subcommand(1);
  AddPushCommand(*group, context);
  AddFeedCommand(*group, context);
  AddReconcileCommand(*group, context);
}

}  // namespace passend::client
