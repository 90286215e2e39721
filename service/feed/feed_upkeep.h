// What goes on for the feeds beside them: the bell is rung when somebody changes, ends of consents
// are told, and moments that nobody asks for are let go.
#ifndef PASSEND_SERVICE_FEED_FEED_UPKEEP_H_
#define PASSEND_SERVICE_FEED_FEED_UPKEEP_H_

#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
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
  struct Settings {
    // The system's clock, by which the store waits.
    std::function<absl::Time()> system_clock;
    std::function<void(std::string_view line)> log = [](std::string_view) {};
  };

  // Tells the ends of consents that came while nobody did, before anything is served; then goes on
  // with it. All must outlive it. Errors of the store; DAMAGED_DATA.
  static absl::StatusOr<std::unique_ptr<FeedUpkeep>> Start(const HandlerTools& tools,
                                                           FeedBell& bell, FeedMoments& moments,
                                                           Settings settings);

 private:
  FeedUpkeep(const HandlerTools& tools, Settings settings)
      : settings_(std::move(settings)), sweeper_(tools, settings_.log) {}
  void Sweep();

  const Settings settings_;
  ConsentSweeper sweeper_;
  // Last: they end before what they use.
  std::unique_ptr<CommitRinger> ringer_;
  std::unique_ptr<RegularCall> sweeping_;
  std::unique_ptr<RegularCall> forgetting_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_FEED_UPKEEP_H_
