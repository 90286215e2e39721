// What an employer's question is about, so that almost the same question is known when it comes
// again.
#ifndef PASSEND_SERVICE_MATCH_EMPLOYER_QUESTION_H_
#define PASSEND_SERVICE_MATCH_EMPLOYER_QUESTION_H_

#include <string>
#include <vector>

#include "passend/v1/task.pb.h"
#include "service/match/employer_circumstances.h"

namespace passend::service {

// WorkFeature: themes are below, conditions from here on.
inline constexpr int kFirstCondition = v1::WORK_FEATURE_OUTDOORS;

// Pace, support (but for transport, which makes distance no matter), title, pay and all else that a
// list is not made by play no part in either. Neither does any order.
struct EmployerQuestion {
  // 32 bytes, of the employer, the regions that are asked for, and what the work is: where, in what
  // form, which skills, which themes.
  std::string kind_digest;
  // 32 bytes, of all that a list is made by: also levels, hours, schedule, conditions, the exact
  // place.
  std::string list_digest;
  EmployerCircumstances circumstances;
};

EmployerQuestion QuestionOf(const v1::Task& task, const std::vector<std::string>& regions);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EMPLOYER_QUESTION_H_
