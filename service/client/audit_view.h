// The access log, decisions and what became of checking them, on a screen.
#ifndef PASSEND_SERVICE_CLIENT_AUDIT_VIEW_H_
#define PASSEND_SERVICE_CLIENT_AUDIT_VIEW_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "passend/v1/audit_service.pb.h"
#include "service/client/labels.h"
#include "service/client/style.h"

namespace passend::client {

// As text for people; lists are tables, empty ones a line that says so. Pure.
std::string LogText(const Style& style, const Labels& labels,
                    const google::protobuf::RepeatedPtrField<passend::v1::AccessLogEntry>& entries);
std::string DecisionsText(
    const Style& style, const google::protobuf::RepeatedPtrField<passend::v1::Decision>& decisions);
// One line, with what is gone or differs under it.
std::string ReplayText(const Style& style, const passend::v1::ReplayResponse& replayed);
std::string CheckText(const Style& style, const passend::v1::CheckAccessLogResponse& checked);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_AUDIT_VIEW_H_
