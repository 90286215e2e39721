// Records, pushed in batches over a line that may break.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_PUSH_RUN_H_
#define PASSEND_SERVICE_CLIENT_SYNC_PUSH_RUN_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/sync_service.pb.h"
#include "service/client/connection.h"
#include "service/client/sync/reconnect.h"

namespace passend::client {

// At most so many batches are sent before the answer to the first of them is awaited: the line's
// delay is then not added to every batch, and little is sent again after a break.
inline constexpr std::size_t kBatchesInFlight = 4;
inline constexpr std::size_t kPushBytesMax = 1 << 20;
// A server takes 4 MiB in one message, by default; a batch of one record has little beside it.
inline constexpr std::size_t kRecordBytesMax = (4 << 20) - 4096;

// One record of a source.
struct PushItem {
  std::int64_t number = 0;                        // the line in its file
  std::optional<passend::v1::PushRecord> record;  // none: it cannot be read
  std::string problem;                            // why not
  std::int64_t reached_bytes = 0;                 // for progress
};
using NextPushItem = std::function<absl::StatusOr<std::optional<PushItem>>()>;

// A batch, with what of the source it answers for.
struct PushBatch {
  passend::v1::PushRequest request;  // without records: nothing is to be sent
  std::vector<PushItem> items;       // all of them, also those that cannot be read; no records
};

// Makes batches out of items: of at most `records_max` records and kPushBytesMax bytes, and no
// external id twice in one. An id is of `run`, the number of the batch's first record and all of
// its bytes: the same run over the same file sends the same batches under the same ids. Not
// thread-safe.
class PushBatcher {
 public:
  PushBatcher(NextPushItem next, std::string partner, std::string run, int records_max);

  // The next batch; none at the end.
  absl::StatusOr<std::optional<PushBatch>> Next();

 private:
  NextPushItem next_;
  std::string partner_;
  std::string run_;
  int records_max_;
  std::optional<PushItem> waiting_;  // did not fit into the last one
};

using NextPushBatch = std::function<absl::StatusOr<std::optional<PushBatch>>()>;
// Told each answer once, in the order of the batches. An error ends the run with it.
using OnPushAnswer =
    std::function<absl::Status(const PushBatch& batch, const passend::v1::PushResponse& answer)>;

// Pushes all batches. After a break those without an answer are sent again, with the same ids. What
// is too much for one commit is sent in halves, down to single records, which are then rejected;
// `answered` is told of the batch as a whole once all of it is answered, so that a run that goes on
// begins with the same batches, and the ids of their parts are the same too. Ends
// with what `next` or `answered` say went wrong, with what the server refused, or as
// RunThroughBreaks.
absl::Status RunPush(Connection& connection, const Endurance& endurance, const NextPushBatch& next,
                     const OnPushAnswer& answered);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_PUSH_RUN_H_
