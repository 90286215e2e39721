#include "service/client/app.h"

#include <algorithm>
#include <charconv>

#include "service/client/commands.h"
#include "service/client/dates.h"
#include "service/client/help_formatter.h"
#include "service/client/identity.h"

namespace passend::client {
namespace {

void AddIdentityOptions(CLI::App& app, CommandContext& context) {
  Settings& settings = context.settings();
  app.add_option("--token-file", settings.token_path, context.Said(Word::kHelpTokenFile))
      ->type_name("FILE");
  app.add_option("--tls-ca", settings.tls_ca_path, context.Said(Word::kHelpTlsCa))
      ->type_name("FILE");
  app.add_option("--tls-cert", settings.tls_certificate_path, context.Said(Word::kHelpTlsCert))
      ->type_name("FILE");
  app.add_option("--tls-key", settings.tls_key_path, context.Said(Word::kHelpTlsKey))
      ->type_name("FILE");
}

void AddGlobalOptions(CLI::App& app, CommandContext& context) {
  Settings& settings = context.settings();
  app.add_option("--server", settings.server, context.Said(Word::kHelpServer))
      ->type_name("ADDRESS");
  AddIdentityOptions(app, context);
  AllowOnly(*app.add_option("--lang", settings.language, context.Said(Word::kHelpLang)), context,
            {"nl", "en"});
  app.add_flag("--json", settings.json, context.Said(Word::kHelpJson));
  app.add_flag("--tell-sequence", settings.tell_sequence, context.Said(Word::kHelpTellSequence));
  app.add_option("--timeout", settings.timeout_seconds, context.Said(Word::kHelpTimeout))
      ->check(WholeNumber(context, "--timeout", 1, 86400))
      ->type_name("SECONDS");
  AllowOnly(*app.add_option("--color", settings.color, context.Said(Word::kHelpColor)), context,
            {"auto", "always", "never"});
  app.add_flag("--ascii", settings.ascii, context.Said(Word::kHelpAscii));
  app.add_option("--labels", settings.labels_path, context.Said(Word::kHelpLabels))
      ->type_name("FILE");
}

std::string CommandNames(const CLI::App& app) {
  std::string names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names += (names.empty() ? "" : ", ") + command->get_name();
  }
  return names;
}

// The innermost command that was recognised: its help is the one to point at.
const CLI::App& Innermost(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().back();
  return *command;
}

std::string CommandLine(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  return parent == nullptr ? command.get_name() : CommandLine(*parent) + " " + command.get_name();
}

// CLI11 gives English sentences; what varies in them is told again in the context's language.
std::string MistakeText(const CommandContext& context, const CLI::App& app,
                        const CLI::ParseError& error) {
  const std::string text = error.what();
  const std::string required = " is required";
  const std::size_t colon = text.find(": ");
  const std::string detail = colon == std::string::npos ? text : text.substr(colon + 2);
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::RequiredError:
      if (text.starts_with("A subcommand")) {
        return context.Said(Word::kNoCommand, {CommandNames(Innermost(app))});
      }
      return context.Said(Word::kIsMissing, {text.substr(0, text.rfind(required))});
    case CLI::ExitCodes::ExtrasError:
      return context.Said(Word::kNotExpected, {detail});
    case CLI::ExitCodes::ConversionError:
    case CLI::ExitCodes::ArgumentMismatch:
      return context.Said(Word::kNotAValue, {detail});
    default:
      return detail;
  }
}

}  // namespace

CLI::App* AddCommand(CLI::App& parent, const CommandContext& context, const std::string& name,
                     Word help) {
  CLI::App* command = parent.add_subcommand(name, context.Said(help));
  command->fallthrough();
  command->group(context.Said(Word::kHelpCommands));
  command->set_help_flag("-h,--help", context.Said(Word::kHelpHelp));
  return command;
}

CLI::Validator WholeNumber(const CommandContext& context, const std::string& name, int least,
                           int most) {
  return CLI::Validator(
      [&context, name, least, most](std::string& text) {
        int number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
        if (whole && number >= least && number <= most) return std::string();
        return context.Said(Word::kAllowedNumber,
                            {name, std::to_string(least), std::to_string(most)});
      },
      "");
}

void AllowOnly(CLI::Option& option, const CommandContext& context,
               const std::vector<std::string>& values) {
  std::string joined;
  for (const std::string& value : values) joined += (joined.empty() ? "" : "|") + value;
  const std::string name = option.get_name();
  option.type_name(joined)->check(CLI::Validator(
      [&context, name, joined, values](std::string& text) {
        if (std::find(values.begin(), values.end(), text) != values.end()) return std::string();
        return context.Said(Word::kAllowedOneOf, {name, joined});
      },
      ""));
}

CLI::Validator Day(const CommandContext& context, const std::string& name) {
  return CLI::Validator(
      [&context, name](std::string& text) {
        if (ParseDay(text).has_value()) return std::string();
        return context.Said(Word::kAllowedDate, {name});
      },
      "");
}

std::unique_ptr<CLI::App> MakeApp(CommandContext& context) {
  auto app = std::make_unique<CLI::App>(context.Said(Word::kHelpApp), "passend");
  app->option_defaults()->group(context.Said(Word::kHelpOptions));
  app->formatter(std::make_shared<HelpFormatter>(
      context.language(), StyleOf(context.settings(), context.language(), context.surroundings())));
  app->footer(context.Said(Word::kHelpAppExamples));
  app->set_help_flag("-h,--help", context.Said(Word::kHelpHelp));
  app->set_version_flag("--version", "passend " PASSEND_VERSION, context.Said(Word::kHelpVersion));
  app->require_subcommand(1);
  AddGlobalOptions(*app, context);
  AddMatchCommands(*app, context);
  AddWatchCommand(*app, context);
  AddLoadCommand(*app, context);
  AddPassportCommands(*app, context);
  AddTaskCommands(*app, context);
  AddValidationCommands(*app, context);
  AddConsentCommands(*app, context);
  AddProposalCommands(*app, context);
  AddTaxonomyCommands(*app, context);
  AddPolicyCommands(*app, context);
  AddAuditCommands(*app, context);
  AddAdminCommands(*app, context);
  AddSetCommands(*app, context);
  AddSyncCommands(*app, context);
  AddSheetCommands(*app, context);
  AddCompletionCommand(*app, context);
  return app;
}

int Run(const std::vector<std::string>& arguments, Surroundings& surroundings) {
  CommandContext context(surroundings, LanguageOf(arguments, surroundings));
  const std::unique_ptr<CLI::App> app = MakeApp(context);
  try {
    app->parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::Success& success) {  // --help, --version
    return app->exit(success, surroundings.out, surroundings.err);
  } catch (const CLI::ParseError& error) {
    surroundings.err << context.Said(Word::kWrongUsage, {MistakeText(context, *app, error)}) << "\n"
                     << context.Said(Word::kSeeHelp, {CommandLine(Innermost(*app))}) << "\n";
    return kExitUsage;
  }
  const auto mistake = IdentityMistake(
      context.settings(), ServerOf(context.settings(), surroundings), context.language());
  if (mistake) return context.Misused(*mistake);
  const int exit_code = context.action();
  context.TellSequence();
  if (context.OutputTaken()) return exit_code;
  return context.Fail(absl::InternalError(context.Said(Word::kOutputFailed)));
}

}  // namespace passend::client
