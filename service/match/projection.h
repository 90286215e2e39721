// What the scoring core reads of a passport and of a task. Pure functions: no clock, no store.
//
// What a message does not tell stays unknown. A number that no message of this version has (an
// enum value of a later one, an hour 25) is passed over rather than guessed.
#ifndef PASSEND_SERVICE_MATCH_PROJECTION_H_
#define PASSEND_SERVICE_MATCH_PROJECTION_H_

#include <cstdint>
#include <span>
#include <vector>

#include "google/protobuf/timestamp.pb.h"
#include "matcher/person.h"
#include "matcher/taxonomy.h"
#include "matcher/work.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/validation.pb.h"

namespace passend::service {

// The UTC day that `time` falls on, also before 1970.
matcher::Day DayOf(const google::protobuf::Timestamp& time);
matcher::Day DayOfSeconds(int64_t seconds);  // since 1970
// The first second of a day.
google::protobuf::Timestamp StartOf(matcher::Day day);

// The skills of a passport from its validations, in any order; revoked ones too: they count until
// the day of their revocation. A validation counts from its validate_time, or from its create_time
// where that is not set. By concept index, each skill once.
//
// A skill that `taxonomy` does not have is left out. Recording checks that the skill exists, and
// concepts are never removed, so this happens only where stored data is damaged.
std::vector<matcher::PersonSkill> SkillsOf(std::span<const v1::Validation> validations,
                                           const matcher::Taxonomy& taxonomy);

// The person of a passport. The passport's state and its computed `skills` play no part. Support is
// known when nothing_needed is set or a need is listed. `last_shown`: 0 is never.
matcher::Person PersonOf(const v1::Passport& passport, std::vector<matcher::PersonSkill> skills,
                         uint64_t last_shown);

// The work of a task, open or closed. A required skill that `taxonomy` does not have is left out,
// as above.
matcher::Work WorkOf(const v1::Task& task, const matcher::Taxonomy& taxonomy);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_PROJECTION_H_
