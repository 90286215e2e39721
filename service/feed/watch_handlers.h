// What SyncService.Watch answers, without gRPC.
#ifndef PASSEND_SERVICE_FEED_WATCH_HANDLERS_H_
#define PASSEND_SERVICE_FEED_WATCH_HANDLERS_H_

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "passend/v1/sync_service.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/feed/feed_moment.h"
#include "service/feed/watch_feed.h"
#include "service/handler_tools.h"
#include "service/policy/current_policy.h"
#include "storage/store.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread. Errors as in sync_service.proto.
class WatchHandlers {
 public:
  // `at_least`: a commit that the next answer of a feed must have. `policy` must outlive them.
  WatchHandlers(const HandlerTools& tools, const CurrentPolicy& policy,
                std::function<storage::Sequence()> at_least)
      : tools_(tools),
        at_least_(std::move(at_least)),
        moments_(tools.store, policy, tools.surroundings.now) {}

  // A feed for the caller: INVALID_FIELD, INVALID_PAGE_TOKEN, PAGE_TOKEN_ARGUMENTS,
  // FUTURE_SEQUENCE, CURSOR_TOO_OLD; errors of the store.
  absl::StatusOr<std::unique_ptr<FeedHandler<v1::WatchResponse>>> Watch(
      const CallContext& context, const v1::WatchRequest& request);

  void BindTo(MethodBindings& bindings);

  FeedMoments& moments() { return moments_; }

 private:
  absl::StatusOr<std::optional<FeedPosition>> PositionOf(std::string_view method,
                                                         const v1::WatchRequest& request) const;

  const HandlerTools tools_;
  const std::function<storage::Sequence()> at_least_;
  FeedMoments moments_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_WATCH_HANDLERS_H_
