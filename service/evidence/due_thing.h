// What there is to renew or to find out about one person, before anybody asks what it is worth.
#ifndef PASSEND_SERVICE_EVIDENCE_DUE_THING_H_
#define PASSEND_SERVICE_EVIDENCE_DUE_THING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matcher/fit.h"
#include "matcher/person.h"
#include "matcher/reference_scorer.h"
#include "passend/v1/validation.pb.h"
#include "passend/v1/validation_service.pb.h"

namespace passend::service {

// How long before it expires a validation is due.
inline constexpr int kDueDays = 90;
// For how long after it expired, where it leaves nothing: later it is a new start, not a renewal.
inline constexpr int kExpiredDaysMax = 365;
// Skills of one person that are looked at: those of which somebody disagrees, then those that
// expire first, then the oldest. Nobody has as many that matter.
inline constexpr size_t kDueSkillsMax = 200;

struct DueThing {
  v1::DueKind kind = v1::DUE_KIND_UNSPECIFIED;
  matcher::Topic topic = matcher::Topic::kNone;  // FIND_OUT
  std::optional<matcher::ConceptIndex> skill;    // all but FIND_OUT about other things
  bool recorded = true;                          // a skill that is not known at all: false
  std::string validation;                        // RENEW, EXPIRES, DISPUTE: its name
  std::optional<matcher::Day> due;
  bool expired = false;  // EXPIRES: it has, already
  // What the reason tells: the level, the lower of two; the higher; the method; the age in days.
  int level = 0;
  int level_high = 0;
  matcher::Method method = matcher::Method::kSelfDeclared;
  int32_t age_days = 0;
  // What the person's validations of the skill may be once it is done, beside what they are; an
  // empty list is "without the skill". None for FIND_OUT about other things.
  std::vector<std::vector<matcher::Validation>> outcomes;
};

// Skills first, in the order of kDueSkillsMax, one thing for each but for disputes, of which there
// is one for each disputed validation; then the topics that are not known. `validations` are those
// of the passport, with their names, and `person` is made of them.
//
// Of one skill: DISAGREEMENT where two strong validations disagree; otherwise EXPIRES where the one
// that sets the level does within kDueDays, or did and left nothing; otherwise FIND_OUT
// (SKILL_LEVEL) where it is the person's own word or a reference; otherwise RENEW where it counts
// for less than when it was fresh.
std::vector<DueThing> ThingsDue(std::span<const v1::Validation> validations,
                                const matcher::Person& person, const matcher::ScoringBasis& basis);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_DUE_THING_H_
