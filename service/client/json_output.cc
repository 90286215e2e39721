#include "service/client/json_output.h"

#include <google/protobuf/util/json_util.h>

#include <string_view>

namespace passend::client {

std::string JsonLine(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  return status.ok() ? json + "\n" : "";
}

absl::Status ParseJson(const std::string& json, google::protobuf::Message& message) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const std::size_t start = json.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const auto status = google::protobuf::util::JsonStringToMessage(json.substr(start), &message);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::string_view(status.message().data(), status.message().size()));
}

}  // namespace passend::client
