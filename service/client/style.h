// How text is drawn.
#ifndef PASSEND_SERVICE_CLIENT_STYLE_H_
#define PASSEND_SERVICE_CLIENT_STYLE_H_

#include <string>
#include <string_view>

#include "service/client/words.h"

namespace passend::client {

// How text is drawn for a person.
struct Style {
  Language language = Language::kEnglish;
  bool unicode = true;      // blocks and dots; otherwise ASCII only for what the client draws
  bool color = false;       // ANSI colours
  int width_columns = 100;  // lines are wrapped to this, at least 40
};

enum class Ink { kPlain, kBold, kDim, kGreen, kYellow, kRed };

// The text in a colour, or unchanged where the style has none.
std::string Paint(const Style& style, Ink ink, std::string_view text);

// "·" or "-", with a space on either side: between parts of one line.
std::string Separator(const Style& style);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_STYLE_H_
