#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "service/client/commands.h"
#include "service/client/load_run.h"
#include "service/client/load_source.h"
#include "service/client/progress.h"
#include "service/client/taxonomy_import.h"
#include "service/client/text_width.h"

namespace passend::client {
namespace {

std::string RefusalText(const LoadRefusal& refusal) {
  std::string text = refusal.path;
  if (refusal.line > 0) text += ":" + std::to_string(refusal.line);
  if (!refusal.field.empty()) text += ": " + refusal.field;
  return WithoutControls(text + ": " + refusal.allowed);
}

// Records that were refused; one may have several fields that are not right.
std::size_t RefusedRecords(const LoadOutcome& outcome) {
  std::set<std::pair<std::string, int>> records;
  for (const LoadRefusal& refusal : outcome.refusals) {
    records.emplace(refusal.path, refusal.line);
  }
  return records.size();
}

std::string OutcomeJson(const LoadOutcome& outcome) {
  nlohmann::ordered_json refused = nlohmann::ordered_json::array();
  for (const LoadRefusal& refusal : outcome.refusals) {
    refused.push_back({{"file", refusal.path},
                       {"line", refusal.line},
                       {"field", refusal.field},
                       {"allowed", refusal.allowed}});
  }
  const nlohmann::ordered_json json = {{"tasks", outcome.tasks},
                                       {"people", outcome.people},
                                       {"validations", outcome.validations},
                                       {"refused", refused}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void KeepLabels(CommandContext& context, const LoadOutcome& outcome) {
  const std::string path = context.labels_path();
  if (path.empty() || outcome.labels.empty()) return;
  auto labels = Labels::Read(path);
  absl::Status kept = labels.status();
  if (kept.ok()) {
    for (const auto& [passport, label] : outcome.labels) labels->Set(passport, label);
    kept = labels->Write(path);
  }
  if (kept.ok()) return;
  context.surroundings().err << context.Said(Word::kLabelsUnwritable,
                                             {path, std::string(kept.message())})
                             << "\n";
}

int ShowOutcome(CommandContext& context, const LoadOutcome& outcome) {
  Surroundings& surroundings = context.surroundings();
  for (const LoadRefusal& refusal : outcome.refusals) {
    surroundings.err << RefusalText(refusal) << "\n";
  }
  surroundings.out << (context.settings().json
                           ? OutcomeJson(outcome)
                           : context.Said(
                                 Word::kLoadDone,
                                 {std::to_string(outcome.tasks), std::to_string(outcome.people),
                                  std::to_string(outcome.validations),
                                  std::to_string(RefusedRecords(outcome))}) +
                                 "\n")
                   << std::flush;
  if (!outcome.stopped.ok()) {
    const int code = context.Fail(outcome.stopped);
    surroundings.err << context.Said(Word::kLoadStopped) << "\n";
    return code;
  }
  return outcome.refusals.empty() ? kExitOk : kExitRefused;
}

int RunLoadCommand(CommandContext& context, const std::string& folder) {
  auto source = LoadSource::Open(folder);
  if (!source.ok()) return context.Fail(source.status());
  const std::string taxonomy = folder + "/taxonomy.jsonl";
  std::error_code error;
  const bool has_taxonomy = std::filesystem::exists(taxonomy, error);
  if (!has_taxonomy && source->file_count() == 0) {
    return context.Fail(absl::NotFoundError(context.Said(Word::kLoadEmpty, {folder})));
  }
  if (has_taxonomy) {
    // Without its skills nearly every task and validation would be refused.
    if (const int code = ImportTaxonomyFile(context, taxonomy, false); code != kExitOk) return code;
  }
  Surroundings& surroundings = context.surroundings();
  LoadOutcome outcome;
  {
    Progress progress(surroundings.err, surroundings.err_is_terminal, context.error_style(),
                      context.Said(Word::kLoading), source->total_bytes());
    outcome = RunLoad(context.connection(), *source, context.language(), surroundings.wait_seconds,
                      [&](std::int64_t bytes) { progress.Reach(bytes); });
  }
  KeepLabels(context, outcome);
  return ShowOutcome(context, outcome);
}

}  // namespace

void AddLoadCommand(CLI::App& app, CommandContext& context) {
  auto folder = std::make_shared<std::string>();
  CLI::App* command = AddCommand(app, context, "load", Word::kHelpLoad);
  command->footer(context.Said(Word::kHelpLoadExamples));
  command->add_option("dir", *folder, context.Said(Word::kHelpLoadDir))
      ->required()
      ->type_name("DIR");
  command->callback([&context, folder] {
    context.action = [&context, folder] { return RunLoadCommand(context, *folder); };
  });
}

}  // namespace passend::client
