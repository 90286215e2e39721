#include "service/client/words.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "service/client/word_tables.h"

namespace passend::client {

std::optional<Language> LanguageFromCode(std::string_view code) {
  if (code == "nl") return Language::kDutch;
  if (code == "en") return Language::kEnglish;
  return std::nullopt;
}

std::string LanguageCode(Language language) { return language == Language::kDutch ? "nl" : "en"; }

const WordTable& WordsOf(Language language) {
  static const WordTable kDutch = {{kDutchTexts, kDutchTextCount},
                                   {kDutchHelp, kDutchHelpCount},
                                   {kDutchSetTexts, kDutchSetTextCount},
                                   {kDutchSetHelp, kDutchSetHelpCount},
                                   {kDutchEnums, kDutchEnumCount}};
  static const WordTable kEnglish = {{kEnglishTexts, kEnglishTextCount},
                                     {kEnglishHelp, kEnglishHelpCount},
                                     {kEnglishSetTexts, kEnglishSetTextCount},
                                     {kEnglishSetHelp, kEnglishSetHelpCount},
                                     {kEnglishEnums, kEnglishEnumCount}};
  return language == Language::kDutch ? kDutch : kEnglish;
}

std::string Say(Language language, Word word, std::initializer_list<std::string_view> fills) {
  const WordTable& words = WordsOf(language);
  std::string_view pattern;
  for (const auto& table : {words.texts, words.help, words.set_texts, words.set_help}) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& t) { return t.word == word; });
    if (found != table.end()) pattern = found->text;
  }
  std::string said;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool fill = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                      pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
    if (!fill) {
      said += pattern[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (index < fills.size()) said += *(fills.begin() + index);
    i += 2;
  }
  return said;
}

std::string EnumWord(Language language, const google::protobuf::EnumDescriptor& type, int value) {
  const auto* descriptor = type.FindValueByNumber(value);
  if (descriptor == nullptr) return std::to_string(value);
  const auto table = WordsOf(language).enums;
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const auto& t) { return t.value == descriptor->name(); });
  return found == table.end() ? descriptor->name() : std::string(found->text);
}

}  // namespace passend::client
