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
  // Exact places, over all lists in force: the sites of most employers. Who is in the lists of many
  // places lives in the middle of them.
  size_t places_max = 6;
  // Hours with their schedule, over all lists in force: who is in the lists of many of them says
  // when they can work.
  size_t times_max = 8;
  // Features of a task that a list is made for: carved tasks have six. Which of many features
  // somebody wants tells them from everybody else.
  int features_max = 8;
  // People in a list: more than anybody talks to, and few of those who are looked at.
  size_t listed_max = 200;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EMPLOYER_LIMITS_H_
