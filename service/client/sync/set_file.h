// Files of messages: one a line as JSON, or one after the other as Protocol Buffers.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_SET_FILE_H_
#define PASSEND_SERVICE_CLIENT_SYNC_SET_FILE_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "service/client/byte_source.h"

namespace passend::client {

// Protocol Buffers: each message after its length as a varint, as writeDelimitedTo of Java and
// SerializeDelimitedToOstream of C++ have it.
enum class SetFormat { kJsonLines, kProtobuf };

// From `jsonl` or `protobuf`; where that is empty from the file's ending, .pb and .binpb being
// Protocol Buffers, also before .gz.
SetFormat SetFormatOf(const std::string& name, const std::string& path);

inline constexpr std::size_t kSetItemBytesMax = 16 << 20;

// One message as it stands in the file.
struct SetItem {
  std::int64_t number = 0;  // from 1: the line, or which of the messages
  std::string bytes;        // a line of JSON without its end, or a serialized message
  bool too_large = false;   // it has more than kSetItemBytesMax: without its bytes
};

// Reads a file of messages, plain or gzip. Blank lines are passed over. Not thread-safe.
class SetReader {
 public:
  // NOT_FOUND or PERMISSION_DENIED, with the path.
  static absl::StatusOr<SetReader> Open(const std::string& path, SetFormat format);

  // The next one; none at the end. DATA_LOSS, with the path, where the file ends within a message
  // or is damaged.
  absl::StatusOr<std::optional<SetItem>> Next();

  // For progress.
  const ByteSource& source() const { return source_; }

 private:
  SetReader(ByteSource source, SetFormat format) : source_(std::move(source)), format_(format) {}
  absl::StatusOr<std::optional<SetItem>> NextLineItem();
  absl::StatusOr<std::optional<SetItem>> NextDelimited();
  absl::Status Damaged() const;

  ByteSource source_;
  SetFormat format_;
  std::int64_t number_ = 0;
};

// The message as it stands in a file, with its length or line end.
std::string SetBytes(SetFormat format, const google::protobuf::Message& message);

// Reads one back. INVALID_ARGUMENT for what is not of this type.
absl::Status ParseSetItem(SetFormat format, const SetItem& item,
                          google::protobuf::Message& message);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_SET_FILE_H_
