// Everything that the client says, in Dutch and English.
#ifndef PASSEND_SERVICE_CLIENT_WORDS_H_
#define PASSEND_SERVICE_CLIENT_WORDS_H_

#include <google/protobuf/generated_enum_reflection.h>

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "service/client/word.h"

namespace passend::client {

enum class Language { kDutch, kEnglish };

// `nl` or `en`; none for anything else.
std::optional<Language> LanguageFromCode(std::string_view code);
std::string LanguageCode(Language language);

struct WordText {
  Word word;
  std::string_view text;
};
struct EnumText {
  std::string_view value;  // name of the proto enum value
  std::string_view text;
};

// The tables of one language. Each word once; each enum value that people see once.
struct WordTable {
  std::span<const WordText> texts;
  std::span<const WordText> help;
  std::span<const WordText> set_texts;  // of whole sets and spreadsheets
  std::span<const WordText> set_help;
  std::span<const EnumText> enums;
};
const WordTable& WordsOf(Language language);

// The text of a word with its fills in place.
std::string Say(Language language, Word word, std::initializer_list<std::string_view> fills = {});

// What a proto enum value is called. For one that the client does not know: its name or number.
std::string EnumWord(Language language, const google::protobuf::EnumDescriptor& type, int value);

template <typename Enum>
std::string NameOf(Language language, Enum value) {
  return EnumWord(language, *google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value));
}

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_WORDS_H_
