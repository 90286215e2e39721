// Options that the commands of whole sets share.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_SYNC_ARGUMENTS_H_
#define PASSEND_SERVICE_CLIENT_SYNC_SYNC_ARGUMENTS_H_

#include <CLI/CLI.hpp>

#include <string>

#include "service/client/command_context.h"
#include "service/client/sync/push_run.h"
#include "service/client/sync/set_file.h"

namespace passend::client {

// --partner delft, or partners/delft.
void AddPartnerOption(CLI::App& command, const CommandContext& context, std::string& partner);
// --format jsonl|protobuf.
void AddFormatOption(CLI::App& command, const CommandContext& context, std::string& format);
// --batch N.
void AddBatchOption(CLI::App& command, const CommandContext& context, int& records);

// `partners/delft` from itself or from `delft`; empty stays empty.
std::string PartnerName(const std::string& text);

// The record of an item, or why it cannot be read, in the language.
PushItem PushItemOf(Language language, SetFormat format, const SetItem& item);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_SYNC_ARGUMENTS_H_
