#include "service/client/sync/push_run.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

#include "service/client/sync/stream_guard.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

using Stream = grpc::ClientReaderWriter<v1::PushRequest, v1::PushResponse>;

// The batches of one run. A stream begins with those that have no answer yet.
class Pushing {
 public:
  Pushing(Connection& connection, const Endurance& endurance, const NextPushBatch& next,
          const OnPushAnswer& answered)
      : connection_(connection), endurance_(endurance), next_(next), answered_(answered) {}

  // One stream, until everything is answered or something breaks.
  absl::Status Run(const std::function<void()>& came) {
    grpc::ClientContext context;
    connection_.Identify(context);
    StreamGuard guard(context, endurance_.silent_seconds_max, endurance_.stop_asked);
    const std::unique_ptr<Stream> stream = connection_.sync().Push(&context);
    const absl::Status status = Converse(*stream, guard, came);
    if (!ours_.ok()) context.TryCancel();
    if (status.ok()) stream->WritesDone();
    const grpc::Status ended = stream->Finish();
    if (!ours_.ok()) return ours_;
    // All was answered: how the stream ended does not matter any more.
    return status.ok() || ended.ok() ? status : StatusFrom(ended);
  }

 private:
  // An error of this side: the stream has not failed, and trying again does not help.
  absl::Status Ours(const absl::Status& status) {
    ours_ = absl::Status(absl::StatusCode::kFailedPrecondition, status.message());
    if (!MayHelpToTryAgain(status)) ours_ = status;
    return ours_;
  }

  absl::Status Converse(Stream& stream, StreamGuard& guard, const std::function<void()>& came) {
    const absl::Status broken = absl::UnavailableError("the stream ended before its last answer");
    std::size_t sent = 0;
    // One at first, and one more with each answer: on a line that breaks all the time little is
    // sent again.
    std::size_t at_once = 1;
    while (true) {
      while (sent < at_once) {
        if (sent == open_.size()) {
          if (absl::Status taken = Take(); !taken.ok()) return taken;
        }
        if (sent == open_.size()) break;
        if (open_[sent].request.records_size() > 0 && !stream.Write(open_[sent].request)) {
          return broken;
        }
        ++sent;
      }
      if (open_.empty()) return absl::OkStatus();
      v1::PushResponse answer;
      if (open_.front().request.records_size() > 0 && !stream.Read(&answer)) return broken;
      guard.Touch();
      came();
      if (absl::Status taken = Answer(answer); !taken.ok()) return taken;
      --sent;
      at_once = std::min(at_once + 1, kBatchesInFlight);
    }
  }

  absl::Status Take() {
    if (at_end_) return absl::OkStatus();
    auto batch = next_();
    if (!batch.ok()) return Ours(batch.status());
    at_end_ = !batch->has_value();
    if (!at_end_) open_.push_back(std::move(**batch));
    return absl::OkStatus();
  }

  absl::Status Answer(const v1::PushResponse& answer) {
    const PushBatch& batch = open_.front();
    const bool fits = answer.batch_id() == batch.request.batch_id() &&
                      answer.results_size() == batch.request.records_size();
    if (!fits && batch.request.records_size() > 0) {
      return Ours(
          absl::DataLossError("an answer that is not of batch " + batch.request.batch_id()));
    }
    if (absl::Status noted = answered_(batch, answer); !noted.ok()) return Ours(noted);
    open_.pop_front();
    return absl::OkStatus();
  }

  Connection& connection_;
  const Endurance& endurance_;
  const NextPushBatch& next_;
  const OnPushAnswer& answered_;
  std::deque<PushBatch> open_;  // without an answer, in their order
  bool at_end_ = false;
  absl::Status ours_;
};

}  // namespace

absl::Status RunPush(Connection& connection, const Endurance& endurance, const NextPushBatch& next,
                     const OnPushAnswer& answered) {
  Pushing pushing(connection, endurance, next, answered);
  return RunThroughBreaks(endurance,
                          [&](const std::function<void()>& came) { return pushing.Run(came); });
}

}  // namespace passend::client
