// Where and when the work is that an employer asks about: what would tell, over many lists, where
// somebody lives and when they can work.
#ifndef PASSEND_SERVICE_MATCH_EMPLOYER_CIRCUMSTANCES_H_
#define PASSEND_SERVICE_MATCH_EMPLOYER_CIRCUMSTANCES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "passend/store/v1/employer_list.pb.h"
#include "passend/v1/task.pb.h"
#include "service/match/employer_limits.h"

namespace passend::service {

// Equal for tasks that close to the same people by place, or by time.
struct EmployerCircumstances {
  std::string place;  // empty: from home, or nowhere that is known; nothing can be told by it
  std::string times;  // hours and schedule; how many slots there are does not count
};

EmployerCircumstances CircumstancesOf(const v1::Task& task);

// Whether one more list may be made for an employer that has those of `in_force`.
//   LIST_BUDGET  they are of places_max places or times_max times, and the new one is of another
absl::Status CheckCircumstances(const EmployerCircumstances& asked,
                                const std::vector<store::v1::EmployerList>& in_force,
                                const EmployerLimits& limits, absl::Time now);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EMPLOYER_CIRCUMSTANCES_H_
