// Messages as records: the value is the message's bytes without what the key and the version say.
#ifndef PASSEND_SERVICE_RECORDS_STORED_MESSAGE_H_
#define PASSEND_SERVICE_RECORDS_STORED_MESSAGE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/timestamp.pb.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "storage/store.h"

namespace passend::service {

// The version in decimal digits.
std::string EtagOf(storage::Version version);

google::protobuf::Timestamp ToTimestamp(absl::Time time);  // whole microseconds
absl::Time ToTime(const google::protobuf::Timestamp& time);

// The value to store: `resource` without name, and without etag where it has one.
template <typename Resource>
std::string StoredValue(Resource resource) {
  resource.clear_name();
  if constexpr (requires { resource.clear_etag(); }) resource.clear_etag();
  return CanonicalBytes(resource);
}

// The resource of a record, with its name, and its etag where the type has one. DAMAGED_DATA.
template <typename Resource>
absl::StatusOr<Resource> ParseStored(const storage::Record& record, const std::string& name) {
  Resource resource;
  if (!resource.ParseFromString(record.value)) return DamagedData("a stored record");
  resource.set_name(name);
  if constexpr (requires { resource.set_etag(""); }) resource.set_etag(EtagOf(record.version));
  return resource;
}

// The one record of a key; nullopt where there is none.
absl::StatusOr<std::optional<storage::Record>> ReadOne(const storage::Store& store,
                                                       const storage::Key& key);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RECORDS_STORED_MESSAGE_H_
