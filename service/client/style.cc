#include "service/client/style.h"

namespace passend::client {
namespace {

std::string_view Code(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kBold:
      return "1";
    case Ink::kDim:
      return "2";
    case Ink::kGreen:
      return "32";
    case Ink::kYellow:
      return "33";
    case Ink::kRed:
      return "31";
  }
  return "";
}

}  // namespace

std::string Paint(const Style& style, Ink ink, std::string_view text) {
  if (!style.color || ink == Ink::kPlain || text.empty()) return std::string(text);
  return "\x1b[" + std::string(Code(ink)) + "m" + std::string(text) + "\x1b[0m";
}

std::string Separator(const Style& style) { return style.unicode ? " · " : " - "; }

}  // namespace passend::client
