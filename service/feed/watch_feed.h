// One reader's feed: answers made of parts, and the cursor after each.
#ifndef PASSEND_SERVICE_FEED_WATCH_FEED_H_
#define PASSEND_SERVICE_FEED_WATCH_FEED_H_

#include <functional>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/sync_service.pb.h"
#include "service/call/call_context.h"
#include "service/call/feed_bell.h"
#include "service/call/feed_binding.h"
#include "service/feed/feed_moment.h"
#include "service/feed/feed_position.h"
#include "service/feed/feed_reader.h"
#include "service/paging/page_tokens.h"
#include "storage/store.h"

namespace passend::service {

// What all feeds share; all of it must outlive them.
struct FeedTools {
  const storage::Store& store;
  const PageTokens& page_tokens;
  FeedMoments& moments;
  // A commit that the next part must have.
  std::function<storage::Sequence()> at_least;
};

// One thread at a time.
class WatchFeed : public FeedHandler<v1::WatchResponse> {
 public:
  // `request` names the partner and has no cursor; it, and `method`, are what cursors are for.
  // Without `position` from the start.
  WatchFeed(const FeedTools& tools, std::string method, v1::WatchRequest request,
            absl::Duration heartbeat_interval, std::optional<FeedPosition> position);

  absl::StatusOr<FeedStep<v1::WatchResponse>> Next(const CallContext& context,
                                                   bool heartbeat_due) override;
  void Given() override;
  absl::Duration heartbeat_interval() const override { return heartbeat_interval_; }

  // The fields of a request that a cursor is not for.
  static const TokenFields& CursorFields();

 private:
  absl::StatusOr<std::string> CursorOf(const FeedPosition& position) const;

  const FeedTools tools_;
  const std::string method_;
  const v1::WatchRequest request_;
  const absl::Duration heartbeat_interval_;
  FeedReader reader_;
  std::optional<FeedPosition> position_;
  // The reader was told of a commit up to which it has everything.
  bool told_exact_ = false;
  // What Given makes of these.
  std::optional<FeedPosition> next_position_;
  bool next_told_exact_ = false;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_WATCH_FEED_H_
