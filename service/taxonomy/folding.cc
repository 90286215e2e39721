#include "service/taxonomy/folding.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace passend::service {
namespace {

bool IsLowerAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && (c < 'A' || c > 'Z');
  });
}

// Case folded and taken apart: accents are characters of their own.
std::string Decomposed(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(error);
  const icu::Normalizer2* decomposition = icu::Normalizer2::getNFDInstance(error);
  if (U_FAILURE(error)) return std::string(text);  // ICU without its data: compare as it stands
  const icu::UnicodeString given = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  const icu::UnicodeString folded =
      decomposition->normalize(folding->normalize(given, error), error);
  if (U_FAILURE(error)) return std::string(text);
  std::string result;
  folded.toUTF8String(result);
  return result;
}

// Letters that Unicode does not take apart, as people type them without the key.
const char* PlainLetters(UChar32 letter) {
  switch (letter) {
    case 0x00f8:
      return "o";
    case 0x0142:
      return "l";
    case 0x0111:
      return "d";
    case 0x00e6:
      return "ae";
    case 0x0153:
      return "oe";
    default:
      return nullptr;
  }
}

bool IsApostrophe(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x2018; }

bool IsAccent(UChar32 c) { return u_charType(c) == U_NON_SPACING_MARK; }

}  // namespace

std::vector<std::string> FoldedWords(std::string_view text) {
  const std::string decomposed = IsLowerAscii(text) ? std::string(text) : Decomposed(text);
  std::vector<std::string> words;
  std::string word;
  const auto size = static_cast<int32_t>(decomposed.size());
  for (int32_t at = 0; at < size;) {
    const int32_t start = at;
    UChar32 letter;
    U8_NEXT(decomposed.data(), at, size, letter);
    if (letter >= 0 && (IsAccent(letter) || IsApostrophe(letter))) continue;
    if (letter >= 0 && u_isalnum(letter)) {
      const char* plain = PlainLetters(letter);
      if (plain != nullptr) {
        word += plain;
      } else {
        word.append(decomposed, static_cast<size_t>(start), static_cast<size_t>(at - start));
      }
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace passend::service
