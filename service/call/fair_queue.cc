#include "service/call/fair_queue.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace passend::service {

double HeadStartOf(GivesWay gives_way) {
  switch (gives_way) {
    case GivesWay::kFirst:
      return 0;
    case GivesWay::kUsual:
      return 8;
    case GivesWay::kLast:
      break;
  }
  return 64;
}

FairQueue::FairQueue(size_t waiting_max) : waiting_max_(waiting_max), forget_at_(2 * waiting_max) {}

std::optional<WaitingCall> FairQueue::Push(WaitingCall call, size_t usual_max) {
  if (sharers_.size() >= forget_at_) ForgetWhoIsNotAhead();
  Sharer& sharer = sharers_[Key(call.sharer, call.gives_way)];
  const double came = std::max(sharer.clock, clock_);
  sharer.clock = came + 1;
  if (++sharer.waiting == 1) ++sharers_waiting_;
  const double turn = came - HeadStartOf(call.gives_way);
  turns_.emplace(turn, std::move(call));

  const auto last = std::prev(turns_.end());
  const bool gives_way_last = last->first < clock_ - HeadStartOf(GivesWay::kUsual);
  if (turns_.size() <= (gives_way_last ? waiting_max_ : std::min(usual_max, waiting_max_))) {
    return std::nullopt;
  }
  // It never had its turn: the step is taken back.
  sharers_[Key(last->second.sharer, last->second.gives_way)].clock -= 1;
  return Take(last);
}

WaitingCall FairQueue::Pop() {
  const auto next = turns_.begin();
  if (next->first < clock_) {  // begins before those whose turn it is, and they are nearer to it
    clock_ += 1.0 / static_cast<double>(sharers_waiting_);
  } else {
    clock_ = next->first;
  }
  WaitingCall call = Take(next);
  if (turns_.empty()) {  // nobody has to wait for anybody: what was is forgotten
    sharers_.clear();
    clock_ = 0;
  }
  return call;
}

WaitingCall FairQueue::Take(Turns::iterator at) {
  WaitingCall call = std::move(at->second);
  turns_.erase(at);
  Sharer& sharer = sharers_[Key(call.sharer, call.gives_way)];
  if (--sharer.waiting == 0) --sharers_waiting_;
  return call;
}

void FairQueue::ForgetWhoIsNotAhead() {
  absl::erase_if(sharers_, [this](const auto& sharer) {
    return sharer.second.waiting == 0 && sharer.second.clock <= clock_;
  });
  forget_at_ = std::max(2 * waiting_max_, 2 * sharers_.size());
}

}  // namespace passend::service
