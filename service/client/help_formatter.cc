#include "service/client/help_formatter.h"

#include <algorithm>

#include "service/client/text_width.h"

namespace passend::client {
namespace {

constexpr int kNameColumns = 30;
constexpr int kWidthColumnsMax = 100;

}  // namespace

HelpFormatter::HelpFormatter(Language language, const Style& style)
    : language_(language), width_columns_(std::min(style.width_columns, kWidthColumnsMax)) {
  label("Usage", Say(language, Word::kHelpUsage));
  label("OPTIONS", Say(language, Word::kHelpOptionsWord));
  label("Positionals", Say(language, Word::kHelpPositionals));
  label("SUBCOMMAND", Say(language, Word::kHelpCommandWord));
  label("SUBCOMMANDS", Say(language, Word::kHelpCommandWord));
  label("REQUIRED", Say(language, Word::kHelpRequired));
}

std::string HelpFormatter::Line(const std::string& name, const std::string& description) const {
  std::string text = "  " + name;
  const std::string indent(kNameColumns, ' ');
  bool on_name_line = DisplayColumns(text) < kNameColumns - 1;
  if (on_name_line) text = PadRight(text, kNameColumns);
  const int columns = std::max(20, width_columns_ - kNameColumns);
  for (const std::string& line : Wrap(description, columns)) {
    text += on_name_line ? line : "\n" + indent + line;
    on_name_line = false;
  }
  return text + "\n";
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  return Line(make_option_name(option, is_positional) + make_option_opts(option),
              make_option_desc(option));
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return Line(command->get_name(), command->get_description());
}

std::string HelpFormatter::make_footer(const CLI::App* app) const {
  std::string text = CLI::Formatter::make_footer(app);
  if (app->get_parent() != nullptr) text += "\n" + Say(language_, Word::kSeeGlobalOptions) + "\n";
  return text;
}

}  // namespace passend::client
