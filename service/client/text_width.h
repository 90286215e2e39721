// How wide text is on a terminal.
#ifndef PASSEND_SERVICE_CLIENT_TEXT_WIDTH_H_
#define PASSEND_SERVICE_CLIENT_TEXT_WIDTH_H_

#include <string>
#include <string_view>
#include <vector>

namespace passend::client {

// Text on a terminal, measured in columns. Input is UTF-8; bytes that are not count as U+FFFD. All
// functions are pure and safe to call from any thread.

// The text without control characters (C0, DEL, C1): each becomes U+FFFD, so that nothing that came
// from a file or a server can steer the terminal. So do bytes that are not UTF-8. A tab or line
// break becomes a space.
std::string WithoutControls(std::string_view text);

// Columns that the text takes: 0 for combining marks and format characters, 2 for East Asian wide
// ones, 1 for all others.
int DisplayColumns(std::string_view text);

// The text with spaces after (before) it up to `columns`; unchanged where it is as wide or wider.
std::string PadRight(std::string_view text, int columns);
std::string PadLeft(std::string_view text, int columns);

// The text cut to at most `columns` (at least 1), the last of them "…" (or "~" without unicode)
// where something was cut off.
std::string CutTo(std::string_view text, int columns, bool unicode);

// The text in lines of at most `columns`, broken at spaces; a word that is longer than a line
// stands alone and whole, so that names can still be copied. No text: no lines.
std::vector<std::string> Wrap(std::string_view text, int columns);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_TEXT_WIDTH_H_
