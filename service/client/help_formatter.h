// The help, in the language and the width of the terminal.
#ifndef PASSEND_SERVICE_CLIENT_HELP_FORMATTER_H_
#define PASSEND_SERVICE_CLIENT_HELP_FORMATTER_H_

#include <CLI/CLI.hpp>

#include <string>

#include "service/client/style.h"

namespace passend::client {

// Formats CLI11's help: labels in the language, descriptions wrapped to the width of the style, and
// under every command's help a line on the options that all commands have.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter(Language language, const Style& style);

  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_footer(const CLI::App* app) const override;

 private:
  std::string Line(const std::string& name, const std::string& description) const;

  Language language_;
  int width_columns_;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_HELP_FORMATTER_H_
