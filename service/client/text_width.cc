#include "service/client/text_width.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace passend::client {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct CodePoint {
  UChar32 value = 0;  // negative: not UTF-8
  std::string_view bytes;
};

// Calls `visit` with every code point of the text until it returns false.
template <typename Visit>
void ForEachCodePoint(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  std::int64_t next = 0;
  while (next < length) {
    const std::int64_t start = next;
    UChar32 value = 0;
    U8_NEXT(bytes, next, length, value);
    const CodePoint point{value, text.substr(static_cast<std::size_t>(start),
                                             static_cast<std::size_t>(next - start))};
    if (!visit(point)) return;
  }
}

int ColumnsOf(UChar32 value) {
  if (value < 0) return 1;
  const auto type = u_charType(value);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int width = u_getIntPropertyValue(value, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

std::string Spaces(int count) {
  return count > 0 ? std::string(static_cast<std::size_t>(count), ' ') : std::string();
}

}  // namespace

std::string WithoutControls(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  ForEachCodePoint(text, [&](const CodePoint& point) {
    const bool blank = point.value == '\n' || point.value == '\t' || point.value == '\r';
    if (blank) {
      clean += ' ';
    } else if (point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0)) {
      clean += kReplacement;
    } else {
      clean += point.bytes;
    }
    return true;
  });
  return clean;
}

int DisplayColumns(std::string_view text) {
  int columns = 0;
  ForEachCodePoint(text, [&](const CodePoint& point) {
    columns += ColumnsOf(point.value);
    return true;
  });
  return columns;
}

std::string PadRight(std::string_view text, int columns) {
  return std::string(text) + Spaces(columns - DisplayColumns(text));
}

std::string PadLeft(std::string_view text, int columns) {
  return Spaces(columns - DisplayColumns(text)) + std::string(text);
}

std::string CutTo(std::string_view text, int columns, bool unicode) {
  if (DisplayColumns(text) <= columns) return std::string(text);
  std::string cut;
  int used = 0;
  ForEachCodePoint(text, [&](const CodePoint& point) {
    const int width = ColumnsOf(point.value);
    if (used + width > columns - 1) return false;
    cut += point.bytes;
    used += width;
    return true;
  });
  return cut + (unicode ? "…" : "~");
}

std::vector<std::string> Wrap(std::string_view text, int columns) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t space = std::min(text.find(' ', start), text.size());
    const std::string_view word = text.substr(start, space - start);
    start = space + 1;
    if (word.empty()) continue;
    if (!line.empty() && DisplayColumns(line) + 1 + DisplayColumns(word) > columns) {
      lines.push_back(line);
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

}  // namespace passend::client
