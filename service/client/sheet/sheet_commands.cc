#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "absl/time/clock.h"
#include "service/client/commands.h"
#include "service/client/sheet/sheet_columns.h"
#include "service/client/sheet/sheet_import.h"
#include "service/client/sheet/sheet_mistakes.h"
#include "service/client/sheet/sheet_reader.h"
#include "service/client/sync/sync_arguments.h"
#include "service/client/whole_file.h"

namespace passend::client {
namespace {

int RunTemplate(CommandContext& context, const std::string& path) {
  const std::string text = SheetTemplate(context.language());
  if (path.empty()) {
    context.surroundings().out << text << std::flush;
    return kExitOk;
  }
  // Somebody may have filled it in.
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    return context.Fail(absl::AlreadyExistsError(context.Said(Word::kFileIsThere, {path})));
  }
  if (absl::Status written = WriteWholeFile(path, text); !written.ok()) {
    return context.Fail(written);
  }
  context.surroundings().err << context.Said(Word::kTemplateWritten, {path}) << "\n";
  return kExitOk;
}

struct SheetArguments {
  std::string path;
  std::string partner;
  bool push = false;
  bool check = false;
};

int ShowMistakes(CommandContext& context, const std::string& path, Sheet& sheet) {
  std::stable_sort(sheet.mistakes.begin(), sheet.mistakes.end(),
                   [](const auto& a, const auto& b) { return a.row < b.row; });
  Surroundings& surroundings = context.surroundings();
  if (context.settings().json) {
    nlohmann::ordered_json mistakes = nlohmann::ordered_json::array();
    for (const SheetMistake& mistake : sheet.mistakes) {
      mistakes.push_back(
          {{"row", mistake.row}, {"column", mistake.column}, {"allowed", mistake.allowed}});
    }
    const nlohmann::ordered_json json = {{"mistakes", mistakes}};
    surroundings.out << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                     << "\n"
                     << std::flush;
    return kExitRefused;
  }
  for (const SheetMistake& mistake : sheet.mistakes) {
    surroundings.err << MistakeText(context.language(), path, mistake) << "\n";
  }
  surroundings.err << context.Said(Word::kSheetMistakes, {std::to_string(sheet.mistakes.size())})
                   << "\n";
  return kExitRefused;
}

int ShowChecked(CommandContext& context, const std::string& path, const Sheet& sheet) {
  std::ostream& out = context.surroundings().out;
  if (context.settings().json) {
    const nlohmann::ordered_json json = {{"people", sheet.people.size()},
                                         {"skills", sheet.skill_count},
                                         {"mistakes", nlohmann::ordered_json::array()}};
    out << json.dump() << "\n";
  } else {
    out << context.Said(Word::kSheetChecked, {path, std::to_string(sheet.people.size()),
                                              std::to_string(sheet.skill_count)})
        << "\n";
  }
  out << std::flush;
  return kExitOk;
}

int RunImportSheet(CommandContext& context, const SheetArguments& arguments) {
  auto sheet = ReadSheet(arguments.path, context.language());
  if (!sheet.ok()) return context.Fail(sheet.status());
  Surroundings& surroundings = context.surroundings();
  for (const std::string& column : sheet->passed_over) {
    surroundings.err << context.Said(Word::kSheetPassedOver, {arguments.path, column}) << "\n";
  }
  if (absl::Status found = FindSkills(context, *sheet); !found.ok()) return context.Fail(found);
  const bool as_partner = arguments.push || !arguments.partner.empty();
  CheckRules(context.language(), as_partner, absl::Now(), *sheet);
  if (!sheet->mistakes.empty()) return ShowMistakes(context, arguments.path, *sheet);
  if (sheet->people.empty()) {
    return context.Fail(absl::NotFoundError(context.Said(Word::kSheetEmpty, {arguments.path})));
  }
  if (arguments.check) return ShowChecked(context, arguments.path, *sheet);
  if (as_partner) {
    return ImportAsPartner(context, arguments.path, PartnerName(arguments.partner), *sheet);
  }
  return ImportAsCoach(context, arguments.path, *sheet);
}

}  // namespace

void AddSheetCommands(CLI::App& app, CommandContext& context) {
  CLI::App* group = AddCommand(app, context, "csv", Word::kHelpCsvGroup);
  group->require_subcommand(1);

  auto path = std::make_shared<std::string>();
  CLI::App* command = AddCommand(*group, context, "template", Word::kHelpCsvTemplate);
  command->add_option("file", *path, context.Said(Word::kHelpCsvTemplateFile))->type_name("FILE");
  command->callback([&context, path] {
    context.action = [&context, path] { return RunTemplate(context, *path); };
  });

  auto arguments = std::make_shared<SheetArguments>();
  command = AddCommand(*group, context, "import", Word::kHelpCsvImport);
  command->footer(context.Said(Word::kHelpCsvImportExamples));
  command->add_option("file", arguments->path, context.Said(Word::kHelpCsvFile))
      ->required()
      ->type_name("FILE");
  command->add_flag("--check", arguments->check, context.Said(Word::kHelpCsvCheck));
  command->add_flag("--push", arguments->push, context.Said(Word::kHelpCsvPush));
  AddPartnerOption(*command, context, arguments->partner);
  command->callback([&context, arguments] {
    context.action = [&context, arguments] { return RunImportSheet(context, *arguments); };
  });
}

}  // namespace passend::client
