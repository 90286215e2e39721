#include "service/feed/feed_position.h"

#include "storage/byte_codec.h"
#include "storage/limits.h"

namespace passend::service {
namespace {

constexpr uint8_t kSnapshot = 1;
constexpr uint8_t kTail = 2;

}  // namespace

std::string MakeFeedCursor(const FeedCursor& cursor) {
  std::string bytes;
  storage::AppendNumber<uint8_t>(bytes, cursor.position.snapshot ? kSnapshot : kTail);
  storage::AppendNumber<uint64_t>(bytes, cursor.position.sequence);
  storage::AppendNumber<uint32_t>(bytes, cursor.position.told_of_next);
  bytes.append(cursor.chain);
  bytes.append(cursor.position.after_id);
  return bytes;
}

std::optional<FeedCursor> ParseFeedCursor(std::string_view bytes) {
  storage::ByteReader reader(bytes);
  const auto phase = reader.TakeNumber<uint8_t>();
  const auto sequence = reader.TakeNumber<uint64_t>();
  const auto told = reader.TakeNumber<uint32_t>();
  const auto chain = reader.Take(kCursorChainBytes);
  if (!chain || (*phase != kSnapshot && *phase != kTail)) return std::nullopt;
  const bool snapshot = *phase == kSnapshot;
  const std::string after_id(reader.rest());
  const bool fits = snapshot ? *told == 0 : after_id.empty();
  if (!fits || after_id.size() > storage::kIdBytesMax) return std::nullopt;
  return FeedCursor{{snapshot, after_id, *sequence, *told}, std::string(*chain)};
}

}  // namespace passend::service
