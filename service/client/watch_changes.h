// What differs between two rankings.
#ifndef PASSEND_SERVICE_CLIENT_WATCH_CHANGES_H_
#define PASSEND_SERVICE_CLIENT_WATCH_CHANGES_H_

#include <string>
#include <vector>

#include "passend/v1/match_service.pb.h"
#include "service/client/labels.h"
#include "service/client/style.h"

namespace passend::client {

// What differs between two answers to one question, a line each, in the order of the newer list:
// who came, moved or has another score; then who is gone. Empty: nothing. Pure.
std::vector<std::string> ChangesBetween(const Style& style, const Labels& labels,
                                        const passend::v1::FindCandidatesResponse& before,
                                        const passend::v1::FindCandidatesResponse& after);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_WATCH_CHANGES_H_
