// The commands, added to a CLI11 tree.
#ifndef PASSEND_SERVICE_CLIENT_COMMANDS_H_
#define PASSEND_SERVICE_CLIENT_COMMANDS_H_

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "service/client/command_context.h"

namespace passend::client {

// Each adds its commands to the tree; a chosen one sets the context's action. The context outlives
// the tree.
void AddTaxonomyCommands(CLI::App& app, CommandContext& context);
void AddLoadCommand(CLI::App& app, CommandContext& context);
void AddPassportCommands(CLI::App& app, CommandContext& context);
// Taking a passport along, and bringing one in; below `passport`.
void AddPortableCommands(CLI::App& group, CommandContext& context);
void AddTaskCommands(CLI::App& app, CommandContext& context);
void AddValidationCommands(CLI::App& app, CommandContext& context);
void AddConsentCommands(CLI::App& app, CommandContext& context);
// Correcting, objecting, and what is due; below `validation`.
void AddEvidenceCommands(CLI::App& group, CommandContext& context);
void AddProposalCommands(CLI::App& app, CommandContext& context);
void AddPolicyCommands(CLI::App& app, CommandContext& context);
// Backups and checks; below `admin`.
void AddAdminCommands(CLI::App& app, CommandContext& context);
void AddAuditCommands(CLI::App& app, CommandContext& context);
void AddMatchCommands(CLI::App& app, CommandContext& context);
void AddWatchCommand(CLI::App& app, CommandContext& context);
// Whole sets: `export` and `import`.
void AddSetCommands(CLI::App& app, CommandContext& context);
void AddSyncCommands(CLI::App& app, CommandContext& context);
// Spreadsheets of coaches.
void AddSheetCommands(CLI::App& app, CommandContext& context);
void AddCompletionCommand(CLI::App& app, CommandContext& context);

// A command below `parent` with its line of help.
CLI::App* AddCommand(CLI::App& parent, const CommandContext& context, const std::string& name,
                     Word help);

// A check for a whole number from `least` to `most`, with the error in the context's language.
CLI::Validator WholeNumber(const CommandContext& context, const std::string& name, int least,
                           int most);

// Lets an option take these values only; they are its type in the help and its completion.
void AllowOnly(CLI::Option& option, const CommandContext& context,
               const std::vector<std::string>& values);

// A check for a day as 2026-11-21.
CLI::Validator Day(const CommandContext& context, const std::string& name);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_COMMANDS_H_
