#include "service/client/settings.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace passend::client {
namespace {

std::string Environment(const Surroundings& surroundings, const std::string& name) {
  return surroundings.environment(name).value_or("");
}

std::string Locale(const Surroundings& surroundings) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = Environment(surroundings, name);
    if (!value.empty()) return value;
  }
  return "";
}

std::string CharsetLocale(const Surroundings& surroundings) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = Environment(surroundings, name);
    if (!value.empty()) return value;
  }
  return "";
}

bool IsUtf8(std::string locale) {
  std::transform(locale.begin(), locale.end(), locale.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
}

bool Colors(const Settings& settings, const Surroundings& surroundings) {
  if (settings.color == "always") return true;
  if (settings.color == "never") return false;
  return surroundings.out_is_terminal && Environment(surroundings, "NO_COLOR").empty() &&
         Environment(surroundings, "TERM") != "dumb";
}

int Columns(const Surroundings& surroundings) {
  const std::string text = Environment(surroundings, "COLUMNS");
  int columns = 0;
  std::from_chars(text.data(), text.data() + text.size(), columns);
  if (columns <= 0) columns = surroundings.terminal_columns;
  if (columns <= 0) columns = 100;
  return std::max(columns, 40);
}

}  // namespace

std::string ServerOf(const Settings& settings, const Surroundings& surroundings) {
  if (!settings.server.empty()) return settings.server;
  const std::string server = Environment(surroundings, "PASSEND_SERVER");
  return server.empty() ? kDefaultServer : server;
}

Language LanguageOf(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    std::string code;
    if (arguments[i] == "--lang" && i + 1 < arguments.size()) code = arguments[i + 1];
    if (arguments[i].starts_with("--lang=")) code = arguments[i].substr(7);
    if (const auto language = LanguageFromCode(code); language.has_value()) return *language;
  }
  return Locale(surroundings).starts_with("nl") ? Language::kDutch : Language::kEnglish;
}

Style StyleOf(const Settings& settings, Language language, const Surroundings& surroundings) {
  Style style;
  style.language = language;
  style.color = Colors(settings, surroundings);
  style.unicode = !settings.ascii && IsUtf8(CharsetLocale(surroundings));
  style.width_columns = Columns(surroundings);
  return style;
}

std::string LabelsPathOf(const Settings& settings, const Surroundings& surroundings) {
  if (!settings.labels_path.empty()) return settings.labels_path;
  const std::string state = Environment(surroundings, "XDG_STATE_HOME");
  if (state.starts_with("/")) return state + "/passend/labels.json";
  const std::string home = Environment(surroundings, "HOME");
  return home.empty() ? "" : home + "/.local/state/passend/labels.json";
}

}  // namespace passend::client
