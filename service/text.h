// Crossing the border between the standard's text views and Abseil's, which do not convert into
// each other in this version of Abseil.
#ifndef PASSEND_SERVICE_TEXT_H_
#define PASSEND_SERVICE_TEXT_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace passend::service {

inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view ToStd(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TEXT_H_
