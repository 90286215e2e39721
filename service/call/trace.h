// Which trace a call belongs to (W3C Trace Context).
#ifndef PASSEND_SERVICE_CALL_TRACE_H_
#define PASSEND_SERVICE_CALL_TRACE_H_

#include <optional>
#include <string>
#include <string_view>

#include "service/surroundings.h"

namespace passend::service {

// The trace id of a `traceparent` header, 32 lower-case hexadecimal digits; nullopt where the
// header is not one of version 00 to fe with all of its parts, or its trace id or parent id is all
// zeros: then the call begins a trace of its own. What `tracestate` says is nobody's concern here.
std::optional<std::string> TraceIdOf(std::string_view traceparent);

// A new one.
std::string RandomTraceId(const Surroundings& surroundings);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_TRACE_H_
