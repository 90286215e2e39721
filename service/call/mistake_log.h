// What went wrong inside, for the operator: JSON lines like those of calls.
#ifndef PASSEND_SERVICE_CALL_MISTAKE_LOG_H_
#define PASSEND_SERVICE_CALL_MISTAKE_LOG_H_

#include <string_view>

#include "service/call/call_context.h"

namespace passend::service {

// `what` holds nothing of a request: it comes from our own code.
void LogMistake(const CallContext& context, std::string_view what);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_MISTAKE_LOG_H_
