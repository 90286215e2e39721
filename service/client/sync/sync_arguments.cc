#include "service/client/sync/sync_arguments.h"

#include <utility>

#include "service/client/commands.h"

namespace passend::client {

void AddPartnerOption(CLI::App& command, const CommandContext& context, std::string& partner) {
  command.add_option("--partner", partner, context.Said(Word::kHelpPartner))->type_name("PARTNER");
}

void AddFormatOption(CLI::App& command, const CommandContext& context, std::string& format) {
  AllowOnly(*command.add_option("--format", format, context.Said(Word::kHelpSetFormat)), context,
            {"jsonl", "protobuf"});
}

void AddBatchOption(CLI::App& command, const CommandContext& context, int& records) {
  command.add_option("--batch", records, context.Said(Word::kHelpBatch))
      ->type_name("N")
      ->check(WholeNumber(context, "--batch", 1, 500))
      ->capture_default_str();
}

std::string PartnerName(const std::string& text) {
  return text.empty() || text.starts_with("partners/") ? text : "partners/" + text;
}

PushItem PushItemOf(Language language, SetFormat format, const SetItem& item) {
  PushItem read;
  read.number = item.number;
  const auto refuse = [&](const std::string& why) {
    read.problem = Say(language, Word::kNotARecord, {why});
    return read;
  };
  const auto too_large = [&](std::size_t most) {
    return refuse(Say(language, Word::kTooLarge, {std::to_string(most)}));
  };
  if (item.too_large) return too_large(kSetItemBytesMax);
  passend::v1::PushRecord record;
  const absl::Status parsed = ParseSetItem(format, item, record);
  if (!parsed.ok()) return refuse(std::string(parsed.message()));
  if (record.ByteSizeLong() > kRecordBytesMax) return too_large(kRecordBytesMax);
  read.record = std::move(record);
  return read;
}

}  // namespace passend::client
