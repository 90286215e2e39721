// What must hold between the fields of a passport. Each field by itself is checked by the rules
// that stand beside it in the proto.
#ifndef PASSEND_SERVICE_RULES_PASSPORT_RULES_H_
#define PASSEND_SERVICE_RULES_PASSPORT_RULES_H_

#include "absl/time/time.h"
#include "passend/v1/passport.pb.h"
#include "service/rules/field_violation.h"

namespace passend::service {

// Wishes: each feature at most once (so none is wanted and avoided); WANTS and AVOIDS have a
// strength, NEVER has none; fewest hours <= most hours; blocks start before they end. Paces: each
// kind and basis at most once, each tells something, seen not in the future of `now`. Support:
// needs or nothing_needed, not both; each solution at most once; what is brought along is not above
// the amount.
FieldViolations CheckPassport(const v1::Passport& passport, const FieldPath& path, absl::Time now);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RULES_PASSPORT_RULES_H_
