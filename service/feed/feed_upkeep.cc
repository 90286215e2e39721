#include "service/feed/feed_upkeep.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace passend::service {
namespace {

constexpr absl::Duration kSweepInterval = absl::Seconds(10);
constexpr absl::Duration kForgetInterval = absl::Seconds(2);

}  // namespace

absl::StatusOr<std::unique_ptr<FeedUpkeep>> FeedUpkeep::Start(const HandlerTools& tools,
                                                              FeedBell& bell, FeedMoments& moments,
                                                              Log log) {
  std::unique_ptr<FeedUpkeep> started(new FeedUpkeep(tools, std::move(log)));
  if (auto swept = started->sweeper_.Sweep(); !swept.ok()) return swept.status();
  FeedUpkeep* const raw = started.get();
  started->ringer_ = std::make_unique<CommitRinger>(tools.store, bell);
  started->sweeping_ = std::make_unique<RegularCall>(kSweepInterval, [raw] { raw->Sweep(); });
  started->forgetting_ =
      std::make_unique<RegularCall>(kForgetInterval, [&moments] { moments.Forget(); });
  return started;
}

void FeedUpkeep::Sweep() {
  const auto swept = sweeper_.Sweep();
  if (swept.ok()) return;
  log_(absl::StrCat("WARNING: feed: ends of consents could not be told; trying again: ",
                    swept.status().ToString()));
}

}  // namespace passend::service
