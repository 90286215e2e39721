#include "service/rules/shared_rules.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace passend::service {
namespace {

constexpr int64_t kEarliestSeconds = -2'208'988'800;  // 1900-01-01T00:00:00Z
constexpr int64_t kLatestSeconds = 253'402'300'799;   // 9999-12-31T23:59:59Z

}  // namespace

bool CheckTime(const google::protobuf::Timestamp& time, const FieldPath& path,
               FieldViolations& violations) {
  if (time.seconds() >= kEarliestSeconds && time.seconds() <= kLatestSeconds && time.nanos() >= 0 &&
      time.nanos() <= 999'999'999) {
    return true;
  }
  violations.push_back({path.text(), "must be a time in the years 1900 to 9999"});
  return false;
}

bool CheckPast(const google::protobuf::Timestamp& time, const FieldPath& path, absl::Time now,
               FieldViolations& violations) {
  if (!CheckTime(time, path, violations)) return false;
  if (absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos()) <=
      now + kClockSkewMax) {
    return true;
  }
  violations.push_back({path.text(), "must not be in the future"});
  return false;
}

bool SaysSomething(const std::string& text) {
  const auto length = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < length;) {
    UChar32 letter = 0;
    U8_NEXT(text.data(), at, length, letter);
    // The fillers of Hangul count as letters and show nothing.
    if (letter >= 0 && u_isalnum(letter) &&
        !u_hasBinaryProperty(letter, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
      return true;
    }
  }
  return false;
}

void CheckSchedule(const v1::WeeklySchedule& schedule, const FieldPath& path,
                   FieldViolations& violations) {
  for (int index = 0; index < schedule.blocks_size(); ++index) {
    const v1::TimeBlock& block = schedule.blocks(index);
    if (block.start_hour() < block.end_hour()) continue;
    violations.push_back({(path / "blocks")[index].text() + ".end_hour",
                          "must be greater than start_hour (" + std::to_string(block.start_hour()) +
                              "); a night shift is two blocks"});
  }
}

}  // namespace passend::service
