// What must hold between the fields of a consent.
#ifndef PASSEND_SERVICE_RULES_CONSENT_RULES_H_
#define PASSEND_SERVICE_RULES_CONSENT_RULES_H_

#include "absl/time/time.h"
#include "passend/v1/consent.pb.h"
#include "service/rules/field_violation.h"

namespace passend::service {

// The purpose is one that people can share for: GUIDANCE for all, MATCHING for coaches, SYNC for
// partners, INTRODUCTION for employers. SYNC has IDENTITY. The groups can be shared; EVIDENCE goes
// with SKILLS, SCORES with FIT, and FIT with the four that its words tell of. INTRODUCTION has
// IDENTITY alone, and either tasks or any_task; the others have no tasks. expire_time is later than
// `now`, by `duration_max` at most.
FieldViolations CheckConsent(const v1::Consent& consent, const FieldPath& path, absl::Time now,
                             absl::Duration duration_max);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RULES_CONSENT_RULES_H_
