#include "service/call/trace.h"

#include <algorithm>

#include "absl/strings/escaping.h"

namespace passend::service {
namespace {

constexpr size_t kTraceIdBytes = 16;
constexpr size_t kTraceIdStart = 3;  // after "00-"
constexpr size_t kTraceIdEnd = kTraceIdStart + 2 * kTraceIdBytes;
constexpr size_t kParentIdStart = kTraceIdEnd + 1;
constexpr size_t kParentIdEnd = kParentIdStart + 16;
constexpr size_t kTraceParentCharacters = 55;  // of version 00; later ones may be longer

bool IsHexDigit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

std::optional<std::string> TraceIdOf(std::string_view traceparent) {
  if (traceparent.size() < kTraceParentCharacters) return std::nullopt;
  const std::string_view version = traceparent.substr(0, 2);
  if (version == "ff" || !std::all_of(version.begin(), version.end(), IsHexDigit)) {
    return std::nullopt;
  }
  if (version == "00" && traceparent.size() != kTraceParentCharacters) return std::nullopt;
  if (traceparent[2] != '-' || traceparent[kTraceIdEnd] != '-') return std::nullopt;
  const std::string_view id = traceparent.substr(kTraceIdStart, kTraceIdEnd - kTraceIdStart);
  if (!std::all_of(id.begin(), id.end(), IsHexDigit)) return std::nullopt;
  const std::string_view parent = traceparent.substr(kParentIdStart, kParentIdEnd - kParentIdStart);
  const std::string_view flags = traceparent.substr(kParentIdEnd + 1, 2);
  if (traceparent[kParentIdEnd] != '-' || !std::all_of(parent.begin(), parent.end(), IsHexDigit) ||
      !std::all_of(flags.begin(), flags.end(), IsHexDigit)) {
    return std::nullopt;
  }
  if (traceparent.size() > kTraceParentCharacters && traceparent[kTraceParentCharacters] != '-') {
    return std::nullopt;
  }
  const auto is_zero = [](std::string_view digits) {
    return digits.find_first_not_of('0') == std::string_view::npos;
  };
  if (is_zero(id) || is_zero(parent)) return std::nullopt;
  return std::string(id);
}

std::string RandomTraceId(const Surroundings& surroundings) {
  return absl::BytesToHexString(surroundings.random_bytes(kTraceIdBytes));
}

}  // namespace passend::service
