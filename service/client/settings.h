// Global options and what the environment says.
#ifndef PASSEND_SERVICE_CLIENT_SETTINGS_H_
#define PASSEND_SERVICE_CLIENT_SETTINGS_H_

#include <optional>
#include <string>
#include <vector>

#include "service/client/style.h"
#include "service/client/surroundings.h"

namespace passend::client {

inline constexpr char kDefaultServer[] = "127.0.0.1:50551";
inline constexpr double kCallTimeoutSeconds = 30;
inline constexpr double kImportTimeoutSeconds = 600;

// The global options as they were given; empty means: not given.
struct Settings {
  std::string server;
  std::string language;
  std::string color = "auto";
  std::string labels_path;
  std::string token_path;
  std::string tls_ca_path;
  std::string tls_certificate_path;
  std::string tls_key_path;
  double timeout_seconds = 0;  // 0: the default of the call
  bool json = false;
  bool tell_sequence = false;
  bool ascii = false;
};

// --server, else PASSEND_SERVER, else 127.0.0.1:50551.
std::string ServerOf(const Settings& settings, const Surroundings& surroundings);

// --lang among the arguments, wherever it stands, else the first of LC_ALL, LC_MESSAGES, LANG that
// is set: Dutch for a value that starts with "nl", English for all others. Read before the
// arguments are parsed, because the help is in the language too.
Language LanguageOf(const std::vector<std::string>& arguments, const Surroundings& surroundings);

// Colour: as asked; `auto` means a terminal, TERM other than "dumb" and NO_COLOR unset or empty.
// Blocks: unless --ascii, or the locale names another charset than UTF-8; the locale "C" has none.
// Width: COLUMNS, else the terminal's, else 100; at least 40.
Style StyleOf(const Settings& settings, Language language, const Surroundings& surroundings);

// --labels, else $XDG_STATE_HOME/passend/labels.json, else ~/.local/state/passend/labels.json;
// empty where there is no home either.
std::string LabelsPathOf(const Settings& settings, const Surroundings& surroundings);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SETTINGS_H_
