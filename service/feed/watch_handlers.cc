#include "service/feed/watch_handlers.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/access/calling_partner.h"
#include "service/errors/request_errors.h"
#include "service/limits.h"

namespace passend::service {
namespace {

absl::StatusOr<absl::Duration> HeartbeatOf(const v1::WatchRequest& request) {
  if (!request.has_heartbeat_interval()) return kHeartbeatDefault;
  const absl::Duration asked = absl::Seconds(request.heartbeat_interval().seconds()) +
                               absl::Nanoseconds(request.heartbeat_interval().nanos());
  if (asked < kHeartbeatMin || asked > kHeartbeatMax) {
    return InvalidField("heartbeat_interval",
                        absl::StrCat("must be ", absl::ToInt64Seconds(kHeartbeatMin), " to ",
                                     absl::ToInt64Seconds(kHeartbeatMax), " seconds"));
  }
  return asked;
}

}  // namespace

absl::StatusOr<std::optional<FeedPosition>> WatchHandlers::PositionOf(
    std::string_view method, const v1::WatchRequest& request) const {
  const TokenFields& fields = WatchFeed::CursorFields();
  const auto opened = tools_.page_tokens.Open(method, request, fields);
  if (!opened.ok()) return opened.status();
  if (opened->empty()) return std::nullopt;
  const std::optional<FeedCursor> cursor = ParseFeedCursor(*opened);
  if (!cursor) return InvalidPageToken(fields.token);
  const storage::Sequence last = tools_.store.LastSequence();
  if (cursor->position.sequence > last) return FutureSequence(fields.token, last);
  const auto chain = tools_.store.ChainAt(cursor->position.sequence);
  if (absl::IsOutOfRange(chain.status())) return CursorTooOld(fields.token);
  if (!chain.ok()) return chain.status();
  // After a backup was restored other commits have the same numbers.
  if (chain->chain.substr(0, kCursorChainBytes) != cursor->chain) return CursorTooOld(fields.token);
  return cursor->position;
}

absl::StatusOr<std::unique_ptr<FeedHandler<v1::WatchResponse>>> WatchHandlers::Watch(
    const CallContext& context, const v1::WatchRequest& request) {
  absl::StatusOr<CallingPartner> partner = PartnerOf(context, request.partner());
  if (!partner.ok()) return partner.status();
  const absl::StatusOr<absl::Duration> heartbeat = HeartbeatOf(request);
  if (!heartbeat.ok()) return heartbeat.status();
  v1::WatchRequest asked = request;
  asked.set_partner(partner->name);
  const std::string method = ScopedMethod(context);
  auto position = PositionOf(method, asked);
  if (!position.ok()) return position.status();
  asked.clear_cursor();
  return std::make_unique<WatchFeed>(
      FeedTools{tools_.store, tools_.page_tokens, moments_, at_least_}, method, std::move(asked),
      *heartbeat, *std::move(position));
}

void WatchHandlers::BindTo(MethodBindings& bindings) {
  bindings.BindFeed<v1::WatchRequest, v1::WatchResponse>(
      "passend.v1.SyncService.Watch",
      [this](const auto& context, const auto& request) { return Watch(context, request); });
}

}  // namespace passend::service
