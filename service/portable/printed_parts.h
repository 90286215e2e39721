// The parts of a printed passport: each a piece of HTML, every text in it escaped; empty where
// there is nothing to say. What there is no room for is counted, or followed by dots, with
// kCutMark.
#ifndef PASSEND_SERVICE_PORTABLE_PRINTED_PARTS_H_
#define PASSEND_SERVICE_PORTABLE_PRINTED_PARTS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "passend/v1/passport.pb.h"
#include "service/match/words.h"
#include "service/portable/print_words.h"
#include "service/portable/printed_passport.h"

namespace passend::service {

// How much of each thing the pages have room for; see the two rooms below. Widths are PrintedWidth.
struct PrintRoom {
  size_t skills_in_full;
  // Of one skill so much evidence, the newest first.
  size_t evidence_lines;
  size_t label_width;
  // Of each of: who says so, in what capacity, where, who signed.
  size_t text_width;
};

// What most passports have: whole texts, unless somebody wrote a sentence where a name was asked.
inline constexpr PrintRoom kWideRoom = {
    .skills_in_full = 20,
    .evidence_lines = 3,
    .label_width = 120,
    .text_width = 80,
};
// For those that would have more than four sides otherwise.
inline constexpr PrintRoom kNarrowRoom = {
    .skills_in_full = 10,
    .evidence_lines = 2,
    .label_width = 60,
    .text_width = 24,
};
// Of the names of further skills so much together; of the rest how many there are.
inline constexpr size_t kNamesWidth = 1'300;
// Of the hours of a week so many blocks, three a day.
inline constexpr size_t kTimesTold = 21;

// A day as people write it: "21 november 2026".
std::string PrintedDay(const PrintWords& words, absl::Time moment);

std::string PrintedSkills(const v1::Passport& passport, const PrintedLabels& labels,
                          const PrintWords& words, const PrintRoom& room, absl::Time now);
std::string PrintedWishes(const v1::Wishes& wishes, const PrintWords& words,
                          const MatchWords& names);
std::string PrintedBest(const v1::Passport& passport, const PrintWords& words,
                        const MatchWords& names);
std::string PrintedScale(const PrintWords& words);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PORTABLE_PRINTED_PARTS_H_
