// Texts as they are compared when somebody types: without case, accents, width or punctuation.
#ifndef PASSEND_SERVICE_TAXONOMY_FOLDING_H_
#define PASSEND_SERVICE_TAXONOMY_FOLDING_H_

#include <string>
#include <string_view>
#include <vector>

namespace passend::service {

// The words of `text`, each folded: Unicode NFKC case folding, then accents removed and ø, ł, đ, æ,
// œ written as o, l, d, ae, oe. A word is a run of letters and digits; whatever is between is
// dropped, but an apostrophe within a word joins ("foto's" is "fotos"). Bytes that are not UTF-8
// separate words. Empty where there is no letter or digit.
//
// Examples: "Één Café" -> {"een", "cafe"}; "Ĳmuiden" (with the ligature) -> {"ijmuiden"};
// "C++-code, v2" -> {"c", "code", "v2"}.
std::vector<std::string> FoldedWords(std::string_view text);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_FOLDING_H_
