// What an employer is told of a candidate, made from the fit: no score, no number, nothing of pace
// and support.
#ifndef PASSEND_SERVICE_MATCH_EMPLOYER_VIEW_H_
#define PASSEND_SERVICE_MATCH_EMPLOYER_VIEW_H_

#include <cstdint>
#include <string_view>

#include "passend/v1/employer_view.pb.h"
#include "service/match/wording.h"

namespace passend::service {

// The fit is of work and basis with needs aside (employer_ranking.h), and is not excluded. Of
// wishes only those are told that the person wants and the work has.
v1::EmployerView EmployerViewOf(const ScoredPair& pair, std::string_view language_code,
                                const LabelOf& label_of);

// Rounded down to tens; fewer than ten where it is. `count` is not negative.
v1::CoarseCount Coarse(int64_t count);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EMPLOYER_VIEW_H_
