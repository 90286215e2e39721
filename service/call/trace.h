// Which trace a call belongs to (W3C Trace Context).
#ifndef PASSEND_SERVICE_CALL_TRACE_H_
#define PASSEND_SERVICE_CALL_TRACE_H_

#include <optional>
#include <string>
#include <string_view>

#include "service/surroundings.h"

namespace passend::service {

// The trace id of a `traceparent` header, 32 lower-case hexadecimal digits; nullopt where the
// header is not one of version 00 to fe or its trace id is all zeros.
std::optional<std::string> TraceIdOf(std::string_view traceparent);

// A new one.
std::string RandomTraceId(const Surroundings& surroundings);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_TRACE_H_
