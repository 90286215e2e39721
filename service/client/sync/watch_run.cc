#include "service/client/sync/watch_run.h"

#include <memory>
#include <utility>

#include "service/client/sync/stream_guard.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

// One stream, from the request's cursor, which it moves on. `ours` is set for what went wrong here.
absl::Status ReadOne(Connection& connection, const Endurance& endurance, v1::WatchRequest& request,
                     const OnWatchPart& part, const std::function<void()>& came,
                     absl::Status& ours) {
  grpc::ClientContext context;
  connection.Identify(context);
  StreamGuard guard(context, endurance.silent_seconds_max, endurance.stop_asked);
  const auto reader = connection.sync().Watch(&context, request);
  v1::WatchResponse response;
  while (reader->Read(&response)) {
    guard.Touch();
    came();
    const absl::StatusOr<bool> go_on = part(response);
    if (!go_on.ok()) ours = go_on.status();
    if (!go_on.ok() || !*go_on) {
      context.TryCancel();
      reader->Finish();
      return absl::OkStatus();
    }
    if (!response.cursor().empty()) request.set_cursor(response.cursor());
  }
  const grpc::Status ended = reader->Finish();
  return ended.ok() ? absl::UnavailableError("the feed ended") : StatusFrom(ended);
}

}  // namespace

absl::Status RunWatch(Connection& connection, const Endurance& endurance, v1::WatchRequest request,
                      const OnWatchPart& part) {
  absl::Status ours;
  const absl::Status status = RunThroughBreaks(endurance, [&](const std::function<void()>& came) {
    return ReadOne(connection, endurance, request, part, came, ours);
  });
  return ours.ok() ? status : ours;
}

}  // namespace passend::client
