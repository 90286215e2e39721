// How far a reader of the feed has come: what its cursor holds, and all that is known of it.
#ifndef PASSEND_SERVICE_FEED_FEED_POSITION_H_
#define PASSEND_SERVICE_FEED_FEED_POSITION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace passend::service {

// States: snapshot --the last person was told--> tail.
struct FeedPosition {
  // Everything is being told, in the order of the ids of passports; then the journal after
  // `sequence`, which was the last commit when that began.
  bool snapshot = true;
  std::string after_id;  // who was told last; snapshot only
  // Every commit up to this one was told.
  storage::Sequence sequence = 0;
  // And so many people of the one after it; tail only.
  uint32_t told_of_next = 0;
  friend bool operator==(const FeedPosition&, const FeedPosition&) = default;
};

// Of the journal's chain at `sequence`: a cursor from before a backup was restored has another one.
inline constexpr size_t kCursorChainBytes = 8;

// A position with the chain there.
struct FeedCursor {
  FeedPosition position;
  std::string chain;  // kCursorChainBytes
  friend bool operator==(const FeedCursor&, const FeedCursor&) = default;
};

// Bytes: u8 phase (1 snapshot, 2 tail), u64 sequence, u32 told_of_next, the chain, the id.
std::string MakeFeedCursor(const FeedCursor& cursor);
// Nullopt for everything that MakeFeedCursor does not give.
std::optional<FeedCursor> ParseFeedCursor(std::string_view bytes);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_FEED_POSITION_H_
