#include "service/client/dates.h"

#include "absl/time/time.h"

namespace passend::client {
namespace {

std::string DayOf(absl::Time time) {
  return absl::FormatTime("%E4Y-%m-%d", time, absl::UTCTimeZone());
}

}  // namespace

std::string DayText(const google::protobuf::Timestamp& moment) {
  if (moment.seconds() == 0 && moment.nanos() == 0) return "-";
  return DayOf(absl::FromUnixSeconds(moment.seconds()));
}

std::optional<google::protobuf::Timestamp> ParseDay(const std::string& text) {
  absl::Time time;
  // Written again, because blanks and numbers of other lengths are read as well; and so are the
  // words `infinite-past` and `infinite-future`.
  if (!absl::ParseTime("%Y-%m-%d", text, absl::UTCTimeZone(), &time, nullptr) ||
      DayOf(time) != text || time == absl::InfinitePast() || time == absl::InfiniteFuture()) {
    return std::nullopt;
  }
  google::protobuf::Timestamp moment;
  moment.set_seconds(absl::ToUnixSeconds(time));
  return moment;
}

}  // namespace passend::client
