// Methods with one request and a stream of answers that goes on as there is news: what a handler
// gives, and the same with bytes.
#ifndef PASSEND_SERVICE_CALL_FEED_BINDING_H_
#define PASSEND_SERVICE_CALL_FEED_BINDING_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "service/audit/answer_ledger.h"
#include "service/call/call_context.h"
#include "service/disclosure/disclosure_plan.h"

namespace passend::service {

// What comes next of a feed. Neither an answer nor more: there is no news.
template <typename Answer>
struct FeedStep {
  std::optional<Answer> answer;
  bool more = false;  // ask again at once, after the answer where there is one
};

// One for each call; one thread at a time, not always the same. After an error it is thrown away.
template <typename Response>
class FeedHandler {
 public:
  virtual ~FeedHandler() = default;
  // The next answer, made of what there is now; asked again without Given in between, it begins
  // where it began before. `heartbeat_due`: an answer is wanted, whether there is news or not. Says
  // whom the answer shows, and takes out what the caller does not see of each: one answer is about
  // several people, of whom it may see different groups.
  virtual absl::StatusOr<FeedStep<Response>> Next(const CallContext& context,
                                                  bool heartbeat_due) = 0;
  // What Next said last holds: it goes on from there.
  virtual void Given() = 0;
  // How long nothing may come.
  virtual absl::Duration heartbeat_interval() const = 0;
};

// The same with bytes: filtered, and with its looks written down.
class ByteFeed {
 public:
  virtual ~ByteFeed() = default;
  virtual absl::StatusOr<FeedStep<std::string>> Next(const CallContext& context,
                                                     bool heartbeat_due) = 0;
  virtual absl::Duration heartbeat_interval() const = 0;
};

// A handler whose type of answer is not known any more.
class MessageFeed {
 public:
  using MessagePtr = std::unique_ptr<google::protobuf::Message>;

  virtual ~MessageFeed() = default;
  virtual absl::StatusOr<FeedStep<MessagePtr>> Next(const CallContext& context,
                                                    bool heartbeat_due) = 0;
  virtual void Given() = 0;
  virtual absl::Duration heartbeat_interval() const = 0;
};

template <typename Response>
class TypedMessageFeed : public MessageFeed {
 public:
  explicit TypedMessageFeed(std::unique_ptr<FeedHandler<Response>> handler)
      : handler_(std::move(handler)) {}

  absl::StatusOr<FeedStep<MessagePtr>> Next(const CallContext& context,
                                            bool heartbeat_due) override {
    absl::StatusOr<FeedStep<Response>> step = handler_->Next(context, heartbeat_due);
    if (!step.ok()) return step.status();
    FeedStep<MessagePtr> next{std::nullopt, step->more};
    if (step->answer) next.answer = std::make_unique<Response>(*std::move(step->answer));
    return next;
  }
  void Given() override { handler_->Given(); }
  absl::Duration heartbeat_interval() const override { return handler_->heartbeat_interval(); }

 private:
  const std::unique_ptr<FeedHandler<Response>> handler_;
};

// `plan` is of the answers. `ledger`: null where no looks are kept; must outlive the feed.
std::unique_ptr<ByteFeed> NewByteFeed(std::unique_ptr<MessageFeed> feed,
                                      std::shared_ptr<const DisclosurePlan> plan,
                                      const AnswerLedger* ledger);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_FEED_BINDING_H_
