// Everything that a printed passport says, in one language.
//
// The person speaks: "I". Texts are B1: short sentences, everyday words, about what somebody can
// and wants. `$0`, `$1` are filled in.
#ifndef PASSEND_SERVICE_PORTABLE_PRINT_WORDS_H_
#define PASSEND_SERVICE_PORTABLE_PRINT_WORDS_H_

#include <array>
#include <string_view>

namespace passend::service {

struct PrintWords {
  const char* language_code;
  const char* title;
  const char* intro;
  const char* name;
  const char* made_on;  // $0 day
  const char* region;   // $0
  std::array<const char*, 12> months;
  const char* day;  // $0 day of the month, $1 month, $2 year

  const char* skills;
  const char* no_skills;
  const char* level;                  // $0; read aloud, and in the list of names
  std::array<const char*, 5> levels;  // by level
  const char* more_evidence;          // $0 how often more
  const char* one_more_evidence;
  const char* two_views;
  const char* more_skills;  // heading of those that are only named
  const char* even_more;    // $0 how many
  const char* one_more_skill;
  std::array<const char*, 6> methods;  // by ValidationMethod
  const char* signed_by;               // $0 issuer

  const char* wishes;
  const char* wants;
  const char* avoids;
  const char* never;
  const char* much;  // after a wish of strength 3
  const char* forms;
  const char* hours;
  const char* hours_range;  // $0 to $1
  const char* hours_exact;  // $0
  const char* times;
  std::array<const char*, 8> days;  // by Weekday
  const char* block;                // $0 day, $1 hour, $2 hour
  const char* more_times;           // $0 how many
  const char* one_more_time;
  const char* travel;
  const char* travel_minutes;        // $0 minutes, $1 means
  std::array<const char*, 5> means;  // by TravelMeans

  const char* best;  // heading of pace and support
  const char* pace;
  const char* pace_of;      // $0 kind of work
  const char* tempo;        // $0 percent
  const char* stretch;      // $0 minutes
  const char* hours_a_day;  // $0
  const char* days_a_week;  // $0
  const char* measured;
  const char* expected;
  const char* support;
  const char* support_share;  // $0 what, $1 percent of the working time
  const char* support_essential;
  const char* support_brought;
  const char* nothing_needed;

  const char* scale;    // heading of the levels
  const char* not_all;  // where something had no room: what stands for it, and where all of it is
  const char* how_to_check;
  const char* while_kept;  // how long signatures count, and what to do before an erasure
};

// `nl` is Dutch, `en` English; everything else is Dutch.
const PrintWords& PrintWordsFor(std::string_view language_code);
extern const PrintWords kDutchPrintWords;
extern const PrintWords kEnglishPrintWords;

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PORTABLE_PRINT_WORDS_H_
