// The feed, read over a line that may break.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_WATCH_RUN_H_
#define PASSEND_SERVICE_CLIENT_SYNC_WATCH_RUN_H_

#include <functional>

#include "absl/status/statusor.h"
#include "passend/v1/sync_service.pb.h"
#include "service/client/connection.h"
#include "service/client/sync/reconnect.h"

namespace passend::client {

// Told each part of the feed once it came: whether to go on. Once it returns, what the part told is
// taken for kept: after a break the feed goes on from its cursor. An error ends the run with it.
using OnWatchPart = std::function<absl::StatusOr<bool>(const passend::v1::WatchResponse& part)>;

// Reads the feed from the request's cursor until `part` has enough. Ends as RunThroughBreaks;
// OUT_OF_RANGE: the cursor is too old, or ahead of the server, and the feed has to begin again.
absl::Status RunWatch(Connection& connection, const Endurance& endurance,
                      passend::v1::WatchRequest request, const OnWatchPart& part);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_WATCH_RUN_H_
