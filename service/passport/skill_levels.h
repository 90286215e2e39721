// What somebody can do today, from the validations.
#ifndef PASSEND_SERVICE_PASSPORT_SKILL_LEVELS_H_
#define PASSEND_SERVICE_PASSPORT_SKILL_LEVELS_H_

#include <vector>

#include "matcher/policy.h"
#include "matcher/units.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/validation.pb.h"

namespace passend::service {

// The skills that are held on the day, by the byte order of their names; each with all its
// validations, newest first. A skill of which no validation counts on that day is left out.
std::vector<v1::PassportSkill> SkillsOn(const matcher::AbilityPolicy& policy,
                                        std::vector<v1::Validation> validations, matcher::Day day);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSPORT_SKILL_LEVELS_H_
