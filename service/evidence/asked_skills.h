// Skills that open tasks ask for, and of which nobody has said anything about a person.
#ifndef PASSEND_SERVICE_EVIDENCE_ASKED_SKILLS_H_
#define PASSEND_SERVICE_EVIDENCE_ASKED_SKILLS_H_

#include <cstddef>
#include <vector>

#include "matcher/person.h"
#include "matcher/reference_scorer.h"
#include "matcher/work.h"
#include "service/evidence/due_thing.h"

namespace passend::service {

// So many of them are told, those that matter most: the rest is everything that anybody asks for.
inline constexpr size_t kDueAskedMax = 3;

// One for each such skill, by its number: a FIND_OUT (SKILL_LEVEL) whose outcome is that somebody
// sees it today, in a practice test, at the highest level that is asked. None for a person of whom
// no skill is known: then it is asked what they can do (Topic::kSkills), and not one by one.
std::vector<DueThing> SkillsAskedFor(const matcher::Person& person,
                                     const matcher::ScoringBasis& basis,
                                     const std::vector<matcher::Work>& works);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_ASKED_SKILLS_H_
