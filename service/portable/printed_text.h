// Texts on a printed page: escaped, and shortened where the page has no room for all of them.
#ifndef PASSEND_SERVICE_PORTABLE_PRINTED_TEXT_H_
#define PASSEND_SERVICE_PORTABLE_PRINTED_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace passend::service {

// The class of whatever stands for something that has no room: the dots after a text, and the lines
// that say how much more there is. No text that somebody wrote can hold it.
inline constexpr std::string_view kCutMark = "class=\"cut\"";

// As it may stand in HTML, in text and between quotes; control characters become spaces.
std::string Escaped(std::string_view text);

// How wide a text is, in letters of usual width: capitals, `m`, `w` and what is not of the Latin
// script count twice, so that a text in capitals does not take more paper than was meant for it.
size_t PrintedWidth(std::string_view text);

// Escaped, and no wider than this; where there is more, marked dots follow.
std::string Fitted(std::string_view text, size_t width_max);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PORTABLE_PRINTED_TEXT_H_
