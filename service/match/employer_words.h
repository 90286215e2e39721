// What employers read, in Dutch and English: B1, about what somebody can and wants, and never about
// what somebody has.
#ifndef PASSEND_SERVICE_MATCH_EMPLOYER_WORDS_H_
#define PASSEND_SERVICE_MATCH_EMPLOYER_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "passend/v1/employer_view.pb.h"

namespace passend::service {

// `language_code`: `nl` or `en`; anything else is told in Dutch. What the person can, then what the
// person wants. The view's own reasons play no part.
std::vector<std::string> ReasonsOf(const v1::EmployerView& view, std::string_view language_code);

// The statement in one sentence.
std::string TextOf(const v1::OfferReach& reach, std::string_view language_code);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EMPLOYER_WORDS_H_
