// Days as people write them.
#ifndef PASSEND_SERVICE_CLIENT_DATES_H_
#define PASSEND_SERVICE_CLIENT_DATES_H_

#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>

namespace passend::client {

// The UTC day of a moment as "2026-11-21"; "-" for one that is not set (zero).
std::string DayText(const google::protobuf::Timestamp& moment);

// The first moment (UTC) of a day written as "2026-11-21"; none for anything else.
std::optional<google::protobuf::Timestamp> ParseDay(const std::string& text);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_DATES_H_
