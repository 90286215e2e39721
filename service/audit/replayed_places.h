// What a replay shows beside what was recorded, and how the two compare.
#ifndef PASSEND_SERVICE_AUDIT_REPLAYED_PLACES_H_
#define PASSEND_SERVICE_AUDIT_REPLAYED_PLACES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "matcher/ranking.h"
#include "passend/v1/audit_service.pb.h"
#include "service/audit/decision_words.h"

namespace passend::service {

// A list, ranked again: the whole of it up to the last place that was shown.
struct Again {
  matcher::Ranking ranking;
  std::vector<std::string> nearest;  // ids of tasks
};

// The places that were shown, as they are ranked now; those of who was erased say only that, and
// everybody else is beside whom they were.
std::vector<v1::DecidedPlace> CandidatesAgain(const StoredDecision& stored, const Again& again,
                                              size_t erased);

// The same of tasks, and the nearest after them.
std::vector<v1::DecidedPlace> TasksAgain(const StoredDecision& stored, const Again& again);

// What differs between what was recorded and what is ranked now. `erased`: how many were since, who
// may have been counted; `places_erased`: whether any of those were shown. The outcome follows.
void Compare(size_t erased, bool places_erased, v1::ReplayResponse& response);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_REPLAYED_PLACES_H_
