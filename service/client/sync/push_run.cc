#include "service/client/sync/push_run.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

#include "passend/v1/error_reason.pb.h"
#include "service/client/problem.h"
#include "service/client/request_id.h"
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

  // Streams, until everything is answered or something breaks.
  absl::Status Run(const std::function<void()>& came) {
    while (true) {
      const absl::Status status = RunOne(came);
      const Problem problem = ProblemFrom(status);
      const bool too_much =
          problem.reason == v1::ErrorReason_Name(v1::ERROR_REASON_LIMIT_EXCEEDED) &&
          !problem.retry_after_seconds.has_value();
      if (status.ok() || !ours_.ok() || !too_much || open_.empty()) return status;
      if (absl::Status split = SplitFirst(problem); !split.ok()) return split;
    }
  }

 private:
  absl::Status RunOne(const std::function<void()>& came) {
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

  // An error of this side: the stream has not failed, and trying again does not help.
  absl::Status Ours(const absl::Status& status) {
    ours_ = absl::Status(absl::StatusCode::kFailedPrecondition, status.message());
    if (!MayHelpToTryAgain(status)) ours_ = status;
    return ours_;
  }

  absl::Status Converse(Stream& stream, StreamGuard& guard, const std::function<void()>& came) {
    const absl::Status broken = absl::UnavailableError("the stream ended before its last answer");
    std::size_t sent = 0;
    // Once the server has ended the stream, what it answered before is still to be read: then the
    // first without an answer is the one that it refused.
    bool ended = false;
    // One at first, and one more with each answer: on a line that breaks all the time little is
    // sent again.
    std::size_t at_once = 1;
    while (true) {
      while (sent < at_once && !ended) {
        if (sent == Unanswered()) {
          if (absl::Status taken = Take(); !taken.ok()) return taken;
        }
        if (sent == Unanswered()) break;
        const v1::PushRequest& request = RequestAt(sent);
        ended = request.records_size() > 0 && !stream.Write(request);
        if (!ended) ++sent;
      }
      if (Unanswered() == 0) return absl::OkStatus();
      if (sent == 0) return broken;
      v1::PushResponse answer;
      if (RequestAt(0).records_size() > 0 && !stream.Read(&answer)) return broken;
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

  // Requests without an answer, in their order: the parts of the first batch where it was split,
  // then the batches after it.
  std::size_t Unanswered() const {
    return parts_.empty() ? open_.size() : parts_.size() + open_.size() - 1;
  }
  const v1::PushRequest& RequestAt(std::size_t i) const {
    if (parts_.empty()) return open_[i].request;
    return i < parts_.size() ? parts_[i] : open_[i - parts_.size() + 1].request;
  }

  absl::Status Answer(const v1::PushResponse& answer) {
    const v1::PushRequest& request = RequestAt(0);
    const bool fits =
        answer.batch_id() == request.batch_id() && answer.results_size() == request.records_size();
    if (!fits && request.records_size() > 0) {
      return Ours(absl::DataLossError("an answer that is not of batch " + request.batch_id()));
    }
    if (parts_.empty()) return Tell(answer);
    answer_of_parts_.mutable_results()->MergeFrom(answer.results());
    parts_.pop_front();
    return TellOnceAnswered();
  }

  // The first batch has its answer.
  absl::Status Tell(const v1::PushResponse& answer) {
    if (absl::Status noted = answered_(open_.front(), answer); !noted.ok()) return Ours(noted);
    open_.pop_front();
    return absl::OkStatus();
  }

  absl::Status TellOnceAnswered() {
    if (!parts_.empty()) return absl::OkStatus();
    answer_of_parts_.set_batch_id(open_.front().request.batch_id());
    return Tell(std::exchange(answer_of_parts_, v1::PushResponse()));
  }

  // Nothing was taken over of what is first, as it is too much for one commit: its halves are next.
  // A single record that is too much is refused by name.
  absl::Status SplitFirst(const Problem& problem) {
    if (parts_.empty()) parts_.push_back(open_.front().request);
    const v1::PushRequest whole = std::move(parts_.front());
    parts_.pop_front();
    const int count = whole.records_size();
    if (count > 1) {
      const int half = (count + 1) / 2;
      parts_.push_front(PartOf(whole, half, count));
      parts_.push_front(PartOf(whole, 0, half));
      return absl::OkStatus();
    }
    v1::PushResult& result = *answer_of_parts_.add_results();
    result.set_external_id(whole.records(0).external_id());
    result.set_outcome(v1::PUSH_OUTCOME_REJECTED);
    v1::PushFault& fault = *result.add_faults();
    fault.set_description(problem.message);
    fault.set_reason(problem.reason);
    return TellOnceAnswered();
  }

  // The records from `first` to before `end`, under an id that is theirs in each run that begins
  // with the same batch.
  static v1::PushRequest PartOf(const v1::PushRequest& whole, int first, int end) {
    v1::PushRequest part;
    part.set_partner(whole.partner());
    part.set_batch_id(
        RequestIdOf("push", {whole.batch_id(), std::to_string(first), std::to_string(end)}));
    part.mutable_records()->Assign(whole.records().begin() + first, whole.records().begin() + end);
    return part;
  }

  Connection& connection_;
  const Endurance& endurance_;
  const NextPushBatch& next_;
  const OnPushAnswer& answered_;
  std::deque<PushBatch> open_;         // without an answer, in their order
  std::deque<v1::PushRequest> parts_;  // of the first of them, where it was too much for one commit
  v1::PushResponse answer_of_parts_;   // as far as they are answered
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
