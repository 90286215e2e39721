#include "service/portable/printed_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "service/text.h"

namespace passend::service {
namespace {

// Of one byte in UTF-8: a character's first byte tells its width, further bytes have none.
size_t WidthOf(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if ((byte & 0xC0) == 0x80) return 0;
  constexpr unsigned char kFirstBeyondLatin = 0xC9;
  const bool wide = (c >= 'A' && c <= 'Z') || c == 'm' || c == 'w' || c == '@' || c == '%';
  return wide || byte >= kFirstBeyondLatin ? 2 : 1;
}

}  // namespace

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    }
  }
  return escaped;
}

size_t PrintedWidth(std::string_view text) {
  size_t width = 0;
  for (const char c : text) width += WidthOf(c);
  return width;
}

std::string Fitted(std::string_view text, size_t width_max) {
  size_t width = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    width += WidthOf(text[at]);
    if (width <= width_max) continue;
    const absl::string_view kept = absl::StripTrailingAsciiWhitespace(ToAbsl(text.substr(0, at)));
    return absl::StrCat(Escaped(ToStd(kept)), "<span ", ToAbsl(kCutMark), ">…</span>");
  }
  return Escaped(text);
}

}  // namespace passend::service
