// The parts of a printed passport: each a piece of HTML, every text in it escaped; empty where
// there is nothing to say.
#ifndef PASSEND_SERVICE_PORTABLE_PRINTED_PARTS_H_
#define PASSEND_SERVICE_PORTABLE_PRINTED_PARTS_H_

#include <string>
#include <string_view>

#include "passend/v1/passport.pb.h"
#include "service/match/words.h"
#include "service/portable/print_words.h"
#include "service/portable/printed_passport.h"

namespace passend::service {

// As it may stand in HTML, in text and between quotes; control characters become spaces.
std::string Escaped(std::string_view text);

// A day as people write it: "21 november 2026".
std::string PrintedDay(const PrintWords& words, absl::Time moment);

std::string PrintedSkills(const v1::Passport& passport, const PrintedLabels& labels,
                          const PrintWords& words, absl::Time now);
std::string PrintedWishes(const v1::Wishes& wishes, const PrintWords& words,
                          const MatchWords& names);
std::string PrintedBest(const v1::Passport& passport, const PrintWords& words,
                        const MatchWords& names);
std::string PrintedScale(const PrintWords& words);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PORTABLE_PRINTED_PARTS_H_
