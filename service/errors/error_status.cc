#include "service/errors/error_status.h"

#include <algorithm>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "service/limits.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr char kTypePrefix[] = "type.googleapis.com/";

template <typename Detail>
std::string TypeUrl() {
  return absl::StrCat(kTypePrefix, Detail::descriptor()->full_name());
}

template <typename Detail>
void SetDetail(absl::Status& status, const Detail& detail) {
  status.SetPayload(TypeUrl<Detail>(), absl::Cord(detail.SerializeAsString()));
}

template <typename Detail>
std::optional<Detail> DetailOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(TypeUrl<Detail>());
  if (!payload.has_value()) return std::nullopt;
  Detail detail;
  if (!detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, v1::ErrorReason reason, std::string_view message,
                       const ErrorMetadata& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(v1::ErrorReason_Name(reason));
  info.set_domain(std::string(kErrorDomain));
  for (const auto& [key, value] : metadata) {
    (*info.mutable_metadata())[key] = Shortened(value, kErrorMetadataBytesMax);
  }
  absl::Status status(code, Shortened(message, kErrorMessageBytesMax));
  SetDetail(status, info);
  return status;
}

absl::Status MakeFieldError(v1::ErrorReason reason, const std::vector<FieldViolation>& violations,
                            ErrorMetadata metadata, absl::StatusCode code) {
  const FieldViolation& first = violations.front();
  metadata.emplace("field", first.field);
  absl::Status status =
      MakeError(code, reason, absl::StrCat(first.field, ": ", first.allowed), metadata);
  google::rpc::BadRequest bad_request;
  for (const FieldViolation& violation : violations) {
    google::rpc::BadRequest::FieldViolation told;
    told.set_field(Shortened(violation.field, kErrorMessageBytesMax));
    told.set_description(Shortened(violation.allowed, kErrorMessageBytesMax));
    const bool fits = bad_request.ByteSizeLong() + told.ByteSizeLong() <= kFieldViolationsBytesMax;
    if (!fits || static_cast<size_t>(bad_request.field_violations_size()) == kFieldViolationsMax) {
      break;
    }
    *bad_request.add_field_violations() = std::move(told);
  }
  SetDetail(status, bad_request);
  return status;
}

absl::Status WithRetryDelay(absl::Status status, absl::Duration delay) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(delay));
  info.mutable_retry_delay()->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(delay - absl::Seconds(absl::ToInt64Seconds(delay)))));
  SetDetail(status, info);
  return status;
}

std::optional<google::rpc::ErrorInfo> ErrorInfoOf(const absl::Status& status) {
  return DetailOf<google::rpc::ErrorInfo>(status);
}

std::optional<google::rpc::BadRequest> BadRequestOf(const absl::Status& status) {
  return DetailOf<google::rpc::BadRequest>(status);
}

std::optional<google::rpc::RetryInfo> RetryInfoOf(const absl::Status& status) {
  return DetailOf<google::rpc::RetryInfo>(status);
}

v1::ErrorReason ReasonOf(const absl::Status& status) {
  const auto info = ErrorInfoOf(status);
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  if (info.has_value()) v1::ErrorReason_Parse(info->reason(), &reason);
  return reason;
}

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status rpc;
  rpc.set_code(static_cast<int32_t>(status.code()));
  rpc.set_message(std::string(status.message()));
  std::map<std::string, std::string> payloads;  // in one order, whatever the hashing
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    payloads.emplace(std::string(url), std::string(payload));
  });
  const auto add = [&](const std::string& url) {
    const auto at = payloads.find(url);
    if (at == payloads.end()) return;
    auto& any = *rpc.add_details();
    any.set_type_url(at->first);
    any.set_value(at->second);
    payloads.erase(at);
  };
  add(TypeUrl<google::rpc::ErrorInfo>());
  while (!payloads.empty()) add(payloads.begin()->first);
  return rpc;
}

std::string Echoed(std::string_view text) { return Shortened(text, kEchoedBytesMax); }

std::string Shortened(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(ToAbsl(text.substr(0, end)), "…");
}

}  // namespace passend::service
