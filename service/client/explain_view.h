// One pair, explained on a screen.
#ifndef PASSEND_SERVICE_CLIENT_EXPLAIN_VIEW_H_
#define PASSEND_SERVICE_CLIENT_EXPLAIN_VIEW_H_

#include <string>

#include "passend/v1/match_service.pb.h"
#include "service/client/style.h"

namespace passend::client {

// One pair to the last term: the score in its band, the reasons, what closes the task and would
// open it, every term of the four dimensions, and the losses with their sum. `who` and `what` are
// how to speak of person and task. Pure.
std::string ExplainText(const Style& style, const std::string& who, const std::string& what,
                        const passend::v1::Fit& fit);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_EXPLAIN_VIEW_H_
