#include "service/call/feed_binding.h"

#include "service/call/method_bindings.h"
#include "service/call/method_table.h"
#include "service/disclosure/disclosure.h"

namespace passend::service {
namespace {

// Somebody who is erased while an answer about them is made has its lines refused: it is made anew.
constexpr int kAttempts = 5;

class LedgeredFeed : public ByteFeed {
 public:
  LedgeredFeed(std::unique_ptr<MessageFeed> feed, std::shared_ptr<const DisclosurePlan> plan,
               const AnswerLedger* ledger)
      : feed_(std::move(feed)), plan_(std::move(plan)), ledger_(ledger) {}

  absl::StatusOr<FeedStep<std::string>> Next(const CallContext& context,
                                             bool heartbeat_due) override {
    FeedStep<std::string> next;
    const absl::Status status = Guarded(context, [&] {
      absl::Status tried;
      for (int attempt = 0; attempt < kAttempts; ++attempt) {
        next = {};
        tried = Try(context, heartbeat_due, next);
        if (!absl::IsUnavailable(tried)) break;
      }
      return tried;
    });
    if (!status.ok()) return status;
    return next;
  }

  absl::Duration heartbeat_interval() const override { return feed_->heartbeat_interval(); }

 private:
  absl::Status Try(const CallContext& context, bool heartbeat_due, FeedStep<std::string>& next) {
    Disclosure disclosure(context.caller, plan_->groups());
    CallContext call = context;
    call.disclosure = &disclosure;
    if (ledger_ != nullptr) call.looks = ledger_->Open(call, *FindMethod(context.method));
    auto step = feed_->Next(call, heartbeat_due);
    if (!step.ok()) return step.status();
    next.more = step->more;
    if (step->answer) {
      if (ledger_ != nullptr) {
        if (absl::Status kept = ledger_->Close(context, *call.looks); !kept.ok()) return kept;
      }
      plan_->Keep(disclosure.groups(), **step->answer);
      next.answer = (*step->answer)->SerializeAsString();
    }
    feed_->Given();
    return absl::OkStatus();
  }

  const std::unique_ptr<MessageFeed> feed_;
  const std::shared_ptr<const DisclosurePlan> plan_;
  const AnswerLedger* const ledger_;
};

}  // namespace

std::unique_ptr<ByteFeed> NewByteFeed(std::unique_ptr<MessageFeed> feed,
                                      std::shared_ptr<const DisclosurePlan> plan,
                                      const AnswerLedger* ledger) {
  return std::make_unique<LedgeredFeed>(std::move(feed), std::move(plan), ledger);
}

}  // namespace passend::service
