#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/client/commands.h"
#include "service/client/sync/partner_export.h"
#include "service/client/sync/partner_import.h"
#include "service/client/sync/sync_arguments.h"

namespace passend::client {
namespace {

constexpr int kHeartbeatSeconds = 10;
// One that adds to a complete file ends with a heartbeat.
constexpr int kCatchUpHeartbeatSeconds = 1;

struct ExportArguments {
  PartnerExport asked;
  std::string format;
  std::string partner;
  std::vector<std::string> regions;
  bool with_validations = false;
};

int RunExport(CommandContext& context, ExportArguments& arguments) {
  PartnerExport& asked = arguments.asked;
  asked.format = SetFormatOf(arguments.format, asked.path);
  asked.question.set_partner(PartnerName(arguments.partner));
  asked.question.mutable_regions()->Assign(arguments.regions.begin(), arguments.regions.end());
  asked.question.set_with_validations(arguments.with_validations);
  asked.question.mutable_heartbeat_interval()->set_seconds(asked.follow ? kHeartbeatSeconds
                                                                        : kCatchUpHeartbeatSeconds);
  return RunPartnerExport(context, asked);
}

void AddExportCommand(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command = AddCommand(app, context, "export", Word::kHelpExport);
  command->footer(context.Said(Word::kHelpSetExportExamples));
  command->add_option("file", arguments->asked.path, context.Said(Word::kHelpExportFile))
      ->required()
      ->type_name("FILE");
  AddFormatOption(*command, context, arguments->format);
  AddPartnerOption(*command, context, arguments->partner);
  command->add_option("--region", arguments->regions, context.Said(Word::kHelpRegions))
      ->type_name("REGION");
  command->add_flag("--with-validations", arguments->with_validations,
                    context.Said(Word::kHelpWithValidations));
  command->add_flag("--records", arguments->asked.as_records, context.Said(Word::kHelpAsRecords));
  command->add_flag("--follow", arguments->asked.follow, context.Said(Word::kHelpFollow));
  command->add_flag("--again", arguments->asked.again, context.Said(Word::kHelpExportAgain));
  command->callback([&context, arguments] {
    context.action = [&context, arguments] { return RunExport(context, *arguments); };
  });
}

struct ImportArguments {
  PartnerImport asked;
  std::string format;
  std::string partner;
};

absl::StatusOr<NextPushItem> OpenSet(CommandContext& context, const std::string& path,
                                     SetFormat format) {
  auto opened = SetReader::Open(path, format);
  if (!opened.ok()) return opened.status();
  auto reader = std::make_shared<SetReader>(std::move(*opened));
  return NextPushItem(
      [reader, format, language = context.language()]() -> absl::StatusOr<std::optional<PushItem>> {
        auto item = reader->Next();
        if (!item.ok()) return item.status();
        if (!item->has_value()) return std::nullopt;
        PushItem read = PushItemOf(language, format, **item);
        read.reached_bytes = reader->source().consumed_bytes();
        return read;
      });
}

int RunImport(CommandContext& context, ImportArguments& arguments) {
  PartnerImport& asked = arguments.asked;
  asked.partner = PartnerName(arguments.partner);
  const SetFormat format = SetFormatOf(arguments.format, asked.path);
  asked.format = format == SetFormat::kJsonLines ? "jsonl" : "protobuf";
  auto source = ByteSource::Open(asked.path);
  if (!source.ok()) return context.Fail(source.status());
  asked.size_bytes = source->size_bytes();
  asked.open = [&] { return OpenSet(context, asked.path, format); };
  return RunPartnerImport(context, asked);
}

void AddImportCommand(CLI::App& app, CommandContext& context) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* command = AddCommand(app, context, "import", Word::kHelpImport);
  command->footer(context.Said(Word::kHelpSetImportExamples));
  command->add_option("file", arguments->asked.path, context.Said(Word::kHelpImportFile))
      ->required()
      ->type_name("FILE");
  AddFormatOption(*command, context, arguments->format);
  AddPartnerOption(*command, context, arguments->partner);
  AddBatchOption(*command, context, arguments->asked.batch_records);
  command->add_flag("--again", arguments->asked.again, context.Said(Word::kHelpImportAgain));
  command->callback([&context, arguments] {
    context.action = [&context, arguments] { return RunImport(context, *arguments); };
  });
}

}  // namespace

void AddSetCommands(CLI::App& app, CommandContext& context) {
  AddExportCommand(app, context);
  AddImportCommand(app, context);
}

}  // namespace passend::client
