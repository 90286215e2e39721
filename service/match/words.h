// Everything that the wording of a fit says to one reader in one language.
//
// Texts are B1: short sentences, everyday words, about what somebody can and wants and what work
// asks, never about what somebody has. `$0`, `$1` are filled in. A person is never "he" or "she";
// to the person it is "je" and "you", and what costs points says what would help. A text that a
// reader is not told is null.
#ifndef PASSEND_SERVICE_MATCH_WORDS_H_
#define PASSEND_SERVICE_MATCH_WORDS_H_

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "matcher/fit.h"
#include "service/match/reader.h"

namespace passend::service {

// What an enum value is called. Values without an entry are called nothing.
struct NumberedWord {
  int number;
  const char* text;
};

// "Nodig is een mentor" + "die is er" / "die is er niet" / "daarvan is er 50 %".
struct SupportWord {
  int number;
  const char* name;       // "een mentor"
  const char* needed;     // "Nodig is een mentor"
  const char* there;      // "die is er"
  const char* not_there;  // "die is er niet"
};

// One part of a pace. `enough`, `short_of`: $0 has, $1 asked. `gate`: $1 has, $2 least that will
// do.
struct PaceWord {
  const char* enough;
  const char* short_of;
  const char* gate;
  const char* lift;
};

struct MatchWords {
  const char* language_code;
  std::span<const NumberedWord> features;
  std::span<const NumberedWord> forms;
  std::span<const NumberedWord> kinds;
  std::span<const SupportWord> supports;
  std::array<const char*, matcher::kMethods> methods;  // "gezien door een coach"
  std::array<const char*, matcher::kDimensions> dimensions;
  std::array<PaceWord, matcher::kPaceParts> paces;

  // Ages: $0 is the number.
  const char* today;
  const char* one_day;
  const char* days;
  const char* weeks;
  const char* months;
  const char* years;
  const char* decimal_mark;

  // Ability: $0 skill asked, $1 evidence, $2 skill held, $3 level held, $4 level asked.
  std::array<const char*, matcher::kLevelMax> can;          // by level held
  std::array<const char*, matcher::kLevelMax> can_through;  // the same, through another skill
  const char* evidence;                                     // $0 level, $1 method, $2 age
  const char* evidence_disputed;                            // $0 level
  const char* more_than_asked;
  const char* not_yet_at_level;
  const char* like_it;      // something like it, at a lower level than asked
  const char* nothing_yet;  // learnable, nothing held
  const char* open_hiring;
  const char* self_declared;
  const char* long_ago;  // $1 age
  const char* disputed;
  const char* contested;  // somebody objects to what is on record

  // Wishes: $0 a list of features.
  const char* wants_met;
  const char* avoids_met;
  const char* never_met;
  const char* wants_unmet;
  const char* avoids_unmet;
  const char* hours_fit;     // $0 hours
  const char* hours_shared;  // $0 taken, $1 start
  const char* grows;         // $0 start, $1 growth
  const char* hours_in_common_fit;
  const char* hours_in_common_few;  // $0 common, $1 needed
  const char* travel_fit;           // $0 minutes, $1 limit
  const char* travel_long;
  const char* travel_arranged;
  const char* from_home;

  // Pace.
  const char* pace_expected;
  const char* pace_elsewhere;  // $0 kind of work

  // Support. $0 need, $1 there or not.
  const char* support_said;
  const char* guidance_part;    // $0 need, $1 percent needed, $2 percent there
  const char* support_part;     // $0 need, $1 percent there
  const char* support_brought;  // $0 a list
  const char* nothing_needed;
  const char* amount_unknown;  // $0 a list

  // Gates, by cause; the parts of a pace have their own. $0 feature, form, skill or support,
  // $1 has, $2 needed.
  struct Gate {
    const char* reason;
    const char* lift;
  };
  Gate form;
  Gate never;
  Gate hours_too_many;  // the work has more than the person can take
  Gate hours_too_few;   // the person wants more than the work has
  Gate schedule;
  Gate travel;
  Gate skill_lower;
  Gate skill_missing;
  Gate support;
  Gate nothing_fits;

  // Questions, by topic: what is not known, and how to ask. $0 skill.
  struct Topic {
    int number;
    const char* not_known;
    const char* question;
  };
  std::span<const Topic> topics;
  Topic place;                         // TRAVEL, where it is the task that does not tell
  Topic support_amount;                // SUPPORT, where the needs are known and how much is not
  Topic pace_unsure;                   // PACE, where something is known
  const char* not_yet_known;           // $0 one thing or two
  const char* also_not_known;          // $0 one thing or two more
  const char* knowing_helps;           // after these; "" where nothing is said
  const char* not_certain_question;    // $0 skill, $1 question
  const char* not_yet_known_question;  // $0 what, $1 question
};

// `nl` is Dutch, `en` English; everything else is Dutch, which is the default of the API.
const MatchWords& MatchWordsFor(std::string_view language_code, Reader reader = Reader::kCoach);
extern const MatchWords kDutchMatchWords;
extern const MatchWords kEnglishMatchWords;
extern const MatchWords kDutchPersonWords;
extern const MatchWords kEnglishPersonWords;

// The text of an entry; "" where there is none.
std::string_view TextOf(std::span<const NumberedWord> words, int number);
const SupportWord& TextOf(std::span<const SupportWord> words, int number);

// "groen, buiten": the entries of a list, none twice.
std::string Listed(std::span<const std::string_view> texts);

// How long ago: days up to two weeks, weeks up to two months, months up to two years, then years,
// each rounded to the nearest. Needs age_days >= 0.
std::string AgeText(const MatchWords& words, int age_days);

// Hundredths as a number with at most one decimal: 1500 is "15", 667 is "6,7".
std::string HundredthsText(const MatchWords& words, int hundredths);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_WORDS_H_
