// The terms of a fit, a line each.
#ifndef PASSEND_SERVICE_CLIENT_EXPLAIN_TERMS_H_
#define PASSEND_SERVICE_CLIENT_EXPLAIN_TERMS_H_

#include <string>

#include "passend/v1/fit.pb.h"
#include "service/client/style.h"

namespace passend::client {

// One term of a dimension in a line, without indent and end. Pure.
std::string SkillTermText(const Style& style, const passend::v1::SkillTerm& term);
std::string WishTermText(const Style& style, const passend::v1::WishTerm& term);
std::string AmountTermText(const Style& style, const passend::v1::AmountTerm& term);
std::string SupportTermText(const Style& style, const passend::v1::SupportTerm& term);

// Hundredths or basis points as a short number: 250 of 100 is "2.5", 8000 of 100 is "80"; the
// decimal sign is that of the language. At most two decimals.
std::string Ratio(Language language, std::int64_t value, std::int64_t divisor);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_EXPLAIN_TERMS_H_
