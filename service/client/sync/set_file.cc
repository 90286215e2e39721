#include "service/client/sync/set_file.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/util/json_util.h>

#include "service/client/json_output.h"

namespace passend::client {

SetFormat SetFormatOf(const std::string& name, const std::string& path) {
  if (!name.empty()) return name == "protobuf" ? SetFormat::kProtobuf : SetFormat::kJsonLines;
  const std::string plain = path.ends_with(".gz") ? path.substr(0, path.size() - 3) : path;
  const bool protobuf = plain.ends_with(".pb") || plain.ends_with(".binpb");
  return protobuf ? SetFormat::kProtobuf : SetFormat::kJsonLines;
}

absl::StatusOr<SetReader> SetReader::Open(const std::string& path, SetFormat format) {
  auto source = ByteSource::Open(path);
  if (!source.ok()) return source.status();
  return SetReader(std::move(*source), format);
}

absl::Status SetReader::Damaged() const {
  return absl::DataLossError(source_.path() + ": damaged or cut off in message " +
                             std::to_string(number_));
}

absl::StatusOr<std::optional<SetItem>> SetReader::Next() {
  return format_ == SetFormat::kJsonLines ? NextLineItem() : NextDelimited();
}

absl::StatusOr<std::optional<SetItem>> SetReader::NextLineItem() {
  while (true) {
    auto line = NextLine(source_, kSetItemBytesMax);
    if (line.ok() && !line->has_value()) return std::nullopt;
    ++number_;
    if (absl::IsInvalidArgument(line.status())) return SetItem{number_, "", /*too_large=*/true};
    if (!line.ok()) return line.status();
    if ((*line)->find_first_not_of(" \t") == std::string::npos) continue;
    return SetItem{number_, std::move(**line), /*too_large=*/false};
  }
}

absl::StatusOr<std::optional<SetItem>> SetReader::NextDelimited() {
  std::uint64_t size = 0;
  for (int shift = 0;; shift += 7) {
    auto byte = source_.Next();
    if (!byte.ok()) return byte.status();
    if (!byte->has_value() && shift == 0) return std::nullopt;
    if (shift == 0) ++number_;
    if (!byte->has_value() || shift > 28) return Damaged();
    const auto bits = static_cast<unsigned char>(**byte);
    size |= static_cast<std::uint64_t>(bits & 127) << shift;
    if (bits < 128) break;
  }
  SetItem item{number_, "", size > kSetItemBytesMax};
  for (std::uint64_t i = 0; i < size; ++i) {
    auto byte = source_.Next();
    if (!byte.ok()) return byte.status();
    if (!byte->has_value()) return Damaged();
    if (!item.too_large) item.bytes += **byte;
  }
  return item;
}

std::string SetBytes(SetFormat format, const google::protobuf::Message& message) {
  if (format == SetFormat::kJsonLines) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string json;
    const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
    return status.ok() ? json + "\n" : "";
  }
  const std::string bytes = message.SerializeAsString();
  std::string delimited(google::protobuf::io::CodedOutputStream::VarintSize64(bytes.size()), '\0');
  google::protobuf::io::CodedOutputStream::WriteVarint64ToArray(
      bytes.size(), reinterpret_cast<std::uint8_t*>(delimited.data()));
  return delimited + bytes;
}

absl::Status ParseSetItem(SetFormat format, const SetItem& item,
                          google::protobuf::Message& message) {
  if (format == SetFormat::kJsonLines) return ParseJson(item.bytes, message);
  if (message.ParseFromString(item.bytes)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::string_view(message.GetDescriptor()->full_name()));
}

}  // namespace passend::client
