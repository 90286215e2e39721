// What is due, weighed and put in order.
#ifndef PASSEND_SERVICE_EVIDENCE_DUE_ORDER_H_
#define PASSEND_SERVICE_EVIDENCE_DUE_ORDER_H_

#include <span>
#include <vector>

#include "service/evidence/due_thing.h"
#include "service/evidence/value_of_knowing.h"

namespace passend::service {

struct DueWeighed {
  DueThing thing;
  DueValue value;
};

// ThingsDue of the person, and the kDueAskedMax of SkillsAskedFor that are worth most, weighed
// against `works`. What changes no match is left out, unless somebody disagrees about it or it
// expires. Pure, and the order of the works changes nothing but
// the order of swings that are equally wide. In this order:
//   1. DISPUTE and DISAGREEMENT before all else (scoring contract: a disputed skill is on top of
//   the
//      coach's list),
//   2. the higher value,
//   3. the kind in the order of DueKind, the earlier due time, the name of the skill, the topic,
//   the
//      name of the validation.
std::vector<DueWeighed> WhatIsDue(std::span<const v1::Validation> validations,
                                  const matcher::Person& person, const matcher::ScoringBasis& basis,
                                  const std::vector<matcher::Work>& works);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_DUE_ORDER_H_
