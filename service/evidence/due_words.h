// What ListDue says, to one reader in one language. B1, as match/words.h; a person is never "he" or
// "she", and to the person it is "je" and "you".
#ifndef PASSEND_SERVICE_EVIDENCE_DUE_WORDS_H_
#define PASSEND_SERVICE_EVIDENCE_DUE_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "service/evidence/due_thing.h"
#include "service/evidence/value_of_knowing.h"
#include "service/match/reader.h"

namespace passend::service {

// `$0` is the skill.
struct DueWords {
  const char* dispute;       // $1 level
  const char* disagreement;  // $1 the lower level, $2 the higher
  const char* expires;       // $1 day
  const char* expired;       // $1 day
  const char* renew;         // $1 how long ago
  const char* unconfirmed;   // $1 method
  const char* not_recorded;
  // What it would change. $0 how many tasks, $1 the title of the first, and for it the points $2
  // now, $3 at worst, $4 at best.
  const char* changes_none;
  const char* changes_little;
  const char* changes_one;
  const char* changes_some;
  const char* day;  // $0 day, $1 month, $2 year
  const char* months[12];
};

extern const DueWords kDutchDueWords;
extern const DueWords kDutchPersonDueWords;
extern const DueWords kEnglishDueWords;
extern const DueWords kEnglishPersonDueWords;
const DueWords& DueWordsFor(std::string_view language_code, Reader reader);

// Scores are told in whole points; a match that moves by less is not told of.
inline constexpr matcher::BasisPoints kPoint = 100;

// How many matches something moves by a point or more.
int ChangedBy(const DueValue& value);

// Why something is due: what is the matter and what to do, and then what it would change, with the
// title of the match that it moves most ("" where it moves none).
std::string DueReason(const DueThing& thing, const DueValue& value, std::string_view skill_label,
                      std::string_view first_title, std::string_view language_code, Reader reader);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_DUE_WORDS_H_
