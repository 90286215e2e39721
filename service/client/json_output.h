// Messages as JSON, out and in.
#ifndef PASSEND_SERVICE_CLIENT_JSON_OUTPUT_H_
#define PASSEND_SERVICE_CLIENT_JSON_OUTPUT_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"

namespace passend::client {

// The message as one line of JSON with its end, in proto's own field names (snake_case), with
// fields that hold their default. Enum values by name, 64-bit numbers as strings, after the proto3
// mapping.
std::string JsonLine(const google::protobuf::Message& message);

// Reads a message from JSON; field names in either case. INVALID_ARGUMENT for what is not JSON, not
// of this type, or an unknown field. A byte order mark before it, as some programs begin each file
// with, is passed over.
absl::Status ParseJson(const std::string& json, google::protobuf::Message& message);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_JSON_OUTPUT_H_
