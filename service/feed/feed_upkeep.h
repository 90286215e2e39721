// What goes on for the feeds beside them: the bell is rung when somebody changes, ends of consents
// are told, and moments that nobody asks for are let go.
#ifndef PASSEND_SERVICE_FEED_FEED_UPKEEP_H_
#define PASSEND_SERVICE_FEED_FEED_UPKEEP_H_

#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/call/feed_bell.h"
#include "service/feed/commit_ringer.h"
#include "service/feed/consent_sweeper.h"
#include "service/feed/feed_moment.h"
#include "service/handler_tools.h"
#include "service/regular_call.h"

namespace passend::service {

// Works on threads of its own from Start to its destruction.
class FeedUpkeep {
 public:
  using Log = std::function<void(std::string_view line)>;

  // Tells the ends of consents that came while nobody did, before anything is served; then goes on
  // with it. All must outlive it. Errors of the store; DAMAGED_DATA.
  static absl::StatusOr<std::unique_ptr<FeedUpkeep>> Start(
      const HandlerTools& tools, FeedBell& bell, FeedMoments& moments,
      Log log = [](std::string_view) {});

 private:
  FeedUpkeep(const HandlerTools& tools, Log log) : log_(std::move(log)), sweeper_(tools, log_) {}
  void Sweep();

  const Log log_;
  ConsentSweeper sweeper_;
  // Last: they end before what they use.
  std::unique_ptr<CommitRinger> ringer_;
  std::unique_ptr<RegularCall> sweeping_;
  std::unique_ptr<RegularCall> forgetting_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_FEED_UPKEEP_H_
