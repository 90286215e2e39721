#include "service/client/dates.h"

#include "absl/time/time.h"

namespace passend::client {

std::string DayText(const google::protobuf::Timestamp& moment) {
  if (moment.seconds() == 0 && moment.nanos() == 0) return "-";
  return absl::FormatTime("%Y-%m-%d", absl::FromUnixSeconds(moment.seconds()), absl::UTCTimeZone());
}

std::optional<google::protobuf::Timestamp> ParseDay(const std::string& text) {
  absl::Time time;
  if (text.size() != 10 ||
      !absl::ParseTime("%Y-%m-%d", text, absl::UTCTimeZone(), &time, nullptr)) {
    return std::nullopt;
  }
  google::protobuf::Timestamp moment;
  moment.set_seconds(absl::ToUnixSeconds(time));
  return moment;
}

}  // namespace passend::client
