#include "service/records/stored_message.h"

#include "absl/strings/str_cat.h"

namespace passend::service {

std::string EtagOf(storage::Version version) { return absl::StrCat(version); }

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  constexpr int64_t kMicrosPerSecond = 1'000'000;
  const int64_t micros = absl::ToUnixMicros(time);
  int64_t seconds = micros / kMicrosPerSecond;
  int64_t rest = micros % kMicrosPerSecond;
  if (rest < 0) {
    --seconds;
    rest += kMicrosPerSecond;
  }
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(rest * 1'000));
  return timestamp;
}

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

absl::StatusOr<std::optional<storage::Record>> ReadOne(const storage::Store& store,
                                                       const storage::Key& key) {
  auto records = store.Read({key});
  if (!records.ok()) return records.status();
  return std::move(records->front());
}

}  // namespace passend::service
