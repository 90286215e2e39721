#include "service/client/sheet/sheet_words.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "service/client/dates.h"
#include "service/client/text_width.h"

namespace passend::client {
namespace {

bool IsUtf8(const std::string& text) {
  // ICU gives U+FFFD for what it cannot read; a real one in a spreadsheet is no text either.
  return icu::UnicodeString::fromUTF8(text).indexOf(static_cast<char16_t>(0xFFFD)) < 0;
}

// Windows-1252 from 0x80 to 0x9f; 0 where it has nothing.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// "work sample" for VALIDATION_METHOD_WORK_SAMPLE: without what all names of the enum begin with.
std::string PlainName(const google::protobuf::EnumDescriptor& type,
                      const google::protobuf::EnumValueDescriptor& value) {
  const std::string& first = type.value(0)->name();
  const std::size_t prefix = first.size() - std::string("UNSPECIFIED").size();
  std::string name = value.name().substr(prefix);
  std::replace(name.begin(), name.end(), '_', ' ');
  return Folded(name);
}

}  // namespace

std::string Folded(const std::string& text) {
  icu::UnicodeString folded = icu::UnicodeString::fromUTF8(text);
  folded.foldCase();
  std::string utf8;
  folded.toUTF8String(utf8);
  std::string spaced;
  for (const char c : utf8) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) spaced += c;
    if (space && !spaced.empty() && spaced.back() != ' ') spaced += ' ';
  }
  if (!spaced.empty() && spaced.back() == ' ') spaced.pop_back();
  return spaced;
}

std::string AsUtf8(const std::string& cell) {
  if (IsUtf8(cell)) return cell;
  icu::UnicodeString text;
  for (const char c : cell) {
    const auto byte = static_cast<unsigned char>(c);
    const bool special = byte >= 0x80 && byte <= 0x9F;
    text += special ? kWindows1252[byte - 0x80U] : static_cast<char16_t>(byte);
  }
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

std::optional<int> EnumFromWord(const google::protobuf::EnumDescriptor& type,
                                const std::string& word) {
  std::string folded = Folded(word);
  std::replace(folded.begin(), folded.end(), '-', ' ');
  if (folded.empty()) return std::nullopt;
  std::optional<int> beginning;
  bool several = false;
  for (int i = 0; i < type.value_count(); ++i) {
    const auto& value = *type.value(i);
    if (value.number() == 0) continue;
    for (std::string name :
         {EnumWord(Language::kDutch, type, value.number()),
          EnumWord(Language::kEnglish, type, value.number()), PlainName(type, value)}) {
      name = Folded(name);
      std::replace(name.begin(), name.end(), '-', ' ');
      if (name == folded) return value.number();
      if (!name.starts_with(folded)) continue;
      several = several || (beginning.has_value() && *beginning != value.number());
      beginning = value.number();
    }
  }
  return several ? std::nullopt : beginning;
}

std::string EnumWords(Language language, const google::protobuf::EnumDescriptor& type) {
  std::string words;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    words += (words.empty() ? "" : ", ") + EnumWord(language, type, type.value(i)->number());
  }
  return words;
}

std::optional<int> WholeFrom(const std::string& text, int least, int most) {
  std::string digits = Folded(text);
  if (digits.ends_with('%')) digits.pop_back();
  if (digits.ends_with(' ')) digits.pop_back();
  int number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  if (!whole || number < least || number > most) return std::nullopt;
  return number;
}

std::optional<google::protobuf::Timestamp> DayFrom(const std::string& text) {
  const std::string folded = Folded(text);
  if (const auto day = ParseDay(folded)) return day;
  int day = 0;
  int month = 0;
  int year = 0;
  int used = 0;
  const auto matches = [&](const char* form) {
    return std::sscanf(folded.c_str(), form, &day, &month, &year, &used) == 3;
  };
  const bool slashed = matches("%2d/%2d/%4d%n");
  if (!slashed && !matches("%2d-%2d-%4d%n")) return std::nullopt;
  if (slashed && day <= 12 && month <= 12) return std::nullopt;
  if (used != static_cast<int>(folded.size()) || day < 1 || month < 1 || year < 1900) {
    return std::nullopt;
  }
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return ParseDay(std::to_string(year) + "-" + two(month) + "-" + two(day));
}

std::optional<bool> YesFrom(const std::string& text) {
  const std::string folded = Folded(text);
  for (const Language language : {Language::kDutch, Language::kEnglish}) {
    if (folded == Say(language, Word::kSheetYes)) return true;
    if (folded == Say(language, Word::kSheetNo)) return false;
  }
  if (folded == "x" || folded == "1" || folded == "j" || folded == "y") return true;
  if (folded == "-" || folded == "0" || folded == "n") return false;
  return std::nullopt;
}

std::vector<std::string> PartsOf(const std::string& text) {
  std::vector<std::string> parts;
  std::string part;
  const auto close = [&] {
    if (const std::string folded = Folded(part); !folded.empty()) parts.push_back(folded);
    part.clear();
  };
  for (const char c : text) {
    if (c == ',' || c == ';' || c == '\n') {
      close();
    } else {
      part += c;
    }
  }
  close();
  return parts;
}

}  // namespace passend::client
