// Rules about fields that several resources have.
#ifndef PASSEND_SERVICE_RULES_SHARED_RULES_H_
#define PASSEND_SERVICE_RULES_SHARED_RULES_H_

#include <set>
#include <string>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "passend/v1/work.pb.h"
#include "service/rules/field_violation.h"

namespace passend::service {

// A Timestamp can hold what no calendar can. Adds a violation, and gives false, for a time outside
// the years 1900 to 9999 or with a broken fraction. A time that is not set is fine.
bool CheckTime(const google::protobuf::Timestamp& time, const FieldPath& path,
               FieldViolations& violations);

// How far a clock of somebody else may be ahead.
inline constexpr absl::Duration kClockSkewMax = absl::Minutes(5);

// A time that CheckTime takes, and that is not later than `now` by more than kClockSkewMax. Adds
// one violation, and gives false, where it is not so.
bool CheckPast(const google::protobuf::Timestamp& time, const FieldPath& path, absl::Time now,
               FieldViolations& violations);

// Whether anybody could read something in it: a letter or a digit of any script.
bool SaysSomething(const std::string& text);

// Blocks start before they end.
void CheckSchedule(const v1::WeeklySchedule& schedule, const FieldPath& path,
                   FieldViolations& violations);

// Each key at most once. `key(element)` is what must differ; `field` names it within the element.
template <typename Elements, typename KeyOf>
void CheckNoRepeats(const Elements& elements, const FieldPath& path, std::string_view field,
                    KeyOf key, FieldViolations& violations) {
  std::set<decltype(key(elements[0]))> seen;
  for (int index = 0; index < elements.size(); ++index) {
    if (seen.insert(key(elements[index])).second) continue;
    violations.push_back({(path[index] / field).text(), "must not be the same as an earlier one"});
  }
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RULES_SHARED_RULES_H_
