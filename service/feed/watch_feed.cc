#include "service/feed/watch_feed.h"

#include <algorithm>
#include <utility>

#include "service/audit/tell.h"
#include "service/disclosure/disclosure.h"
#include "service/disclosure/disclosure_plan.h"
#include "service/errors/request_errors.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

WatchedBy AskedBy(const v1::WatchRequest& request) {
  return {request.partner(),
          {request.regions().begin(), request.regions().end()},
          request.with_validations()};
}

// The groups that a change has fields of.
GroupSet GroupsOfChanges() {
  static const GroupSet groups = DisclosurePlan(*v1::WatchChange::descriptor()).groups();
  return groups;
}

}  // namespace

const TokenFields& WatchFeed::CursorFields() {
  static const TokenFields fields{"cursor", {"heartbeat_interval"}};
  return fields;
}

WatchFeed::WatchFeed(const FeedTools& tools, std::string method, v1::WatchRequest request,
                     absl::Duration heartbeat_interval, std::optional<FeedPosition> position)
    : tools_(tools),
      method_(std::move(method)),
      request_(std::move(request)),
      heartbeat_interval_(heartbeat_interval),
      reader_(tools.store, AskedBy(request_)),
      position_(std::move(position)) {}

absl::StatusOr<std::string> WatchFeed::CursorOf(const FeedPosition& position) const {
  const auto chain = tools_.store.ChainAt(position.sequence);
  if (absl::IsOutOfRange(chain.status())) return CursorTooOld(CursorFields().token);
  if (!chain.ok()) return chain.status();
  const FeedCursor cursor{position, chain->chain.substr(0, kCursorChainBytes)};
  return tools_.page_tokens.Make(method_, request_, CursorFields(), MakeFeedCursor(cursor));
}

absl::StatusOr<FeedStep<v1::WatchResponse>> WatchFeed::Next(const CallContext& context,
                                                            bool heartbeat_due) {
  storage::Sequence at_least = std::max(tools_.at_least(), position_ ? position_->sequence : 0);
  // What was made last could not be given: somebody in it was erased after its moment.
  if (next_position_) at_least = std::max(at_least, tools_.store.LastSequence());
  const auto moment = tools_.moments.Get(at_least);
  if (!moment.ok()) return moment.status();
  if (!position_) position_ = FeedReader::StartAt(**moment);
  const absl::Time now = context.now();
  absl::StatusOr<FeedPart> part = reader_.Next(*position_, **moment, now);
  if (!part.ok()) return part.status();

  FeedStep<v1::WatchResponse> step;
  step.more = !part->exact;
  next_position_ = part->position;
  next_told_exact_ = told_exact_;
  const bool news = !part->people.empty() || (part->exact && !told_exact_);
  if (!news && !heartbeat_due) return step;
  next_told_exact_ = told_exact_ || part->exact;

  auto cursor = CursorOf(part->position);
  if (!cursor.ok()) return cursor.status();
  v1::WatchResponse& response = step.answer.emplace();
  response.set_cursor(*std::move(cursor));
  response.set_snapshot_complete(!part->position.snapshot);
  if (part->exact) response.set_data_sequence(static_cast<int64_t>(part->position.sequence));
  const bool of_a_commit = !part->people.empty() && part->last_commit != absl::InfinitePast();
  if (part->exact || part->people.empty()) {
    *response.mutable_data_time() = ToTimestamp(of_a_commit ? part->last_commit : now);
  }
  TellNobody(context);  // of whom there is none
  for (ToldPerson& told : part->people) {
    if (context.disclosure != nullptr) context.disclosure->Allow(told.groups);
    // Of who is erased nothing is kept, no lines either.
    if (!told.erased) TellPerson(context, told.passport, told.groups & GroupsOfChanges());
    *response.add_changes() = std::move(told.change);
  }
  return step;
}

void WatchFeed::Given() {
  if (next_position_) position_ = *std::exchange(next_position_, std::nullopt);
  told_exact_ = next_told_exact_;
}

}  // namespace passend::service
