// What one employer may find out about people in a month. The numbers are for each employer,
// however many tokens, portals and people ask for it.
#ifndef PASSEND_SERVICE_MATCH_EMPLOYER_LIMITS_H_
#define PASSEND_SERVICE_MATCH_EMPLOYER_LIMITS_H_

#include <cstddef>

#include "absl/time/time.h"

namespace passend::service {

struct EmployerLimits {
  // How long a list stays as it is: as long as a vacancy takes to be filled, and long enough that
  // asking again does not follow what becomes of somebody.
  absl::Duration kept_for = absl::Hours(24 * 30);
  // Lists of different work at a time: an employer with 25 carved tasks is far from it, and one
  // that asks about a thousand tasks gets answers about sixty.
  size_t kinds_max = 60;
  // Lists of almost the same work: a task may be corrected three times.
  size_t lists_of_a_kind_max = 4;
  // People in a list: more than anybody talks to, and few of those who are looked at.
  size_t listed_max = 200;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EMPLOYER_LIMITS_H_
