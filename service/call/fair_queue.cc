#include "service/call/fair_queue.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace passend::service {
namespace {

// Of equal turns the first begins first, and the last is the first to be turned away.
constexpr std::array kKinds = {GivesWay::kLast, GivesWay::kUsual, GivesWay::kFirst};
// How many steps of its share a sharer may have left and take later, at once.
constexpr double kSavedMax = 4;

}  // namespace

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

FairQueue::Place FairQueue::LeastTurn() {
  Place least;
  for (const GivesWay kind : kKinds) {
    Times& times = TimesOf(kind);
    if (times.empty()) continue;
    const double turn = times.begin()->first - HeadStartOf(kind);
    if (least.times == nullptr || turn < least.turn) least = {&times, times.begin(), turn};
  }
  return least;
}

FairQueue::Place FairQueue::GreatestTurn() {
  Place greatest;
  for (const GivesWay kind : kKinds) {
    Times& times = TimesOf(kind);
    if (times.empty()) continue;
    const auto last = std::prev(times.end());
    const double turn = last->first - HeadStartOf(kind);
    if (greatest.times == nullptr || turn >= greatest.turn) greatest = {&times, last, turn};
  }
  return greatest;
}

std::optional<WaitingCall> FairQueue::Push(WaitingCall call, size_t usual_max) {
  if (sharers_.size() >= forget_at_) ForgetWhoIsNotAhead();
  Times& times = TimesOf(call.gives_way);
  // What is brought forward by head starts makes all others wait, and the clock goes on meanwhile.
  // Who comes now was not the cause: it has its turn with the first of those, not after them all.
  const bool no_head_start = HeadStartOf(call.gives_way) == 0;
  const double now =
      no_head_start && !times.empty() ? std::min(clock_, times.begin()->first) : clock_;
  Sharer& sharer = sharers_[Key(call.sharer, call.gives_way)];
  sharer.clock = std::max(sharer.clock, now - kSavedMax);
  const double came = std::max(sharer.clock, now);
  sharer.clock += call.step;
  if (++sharer.waiting == 1) ++sharers_waiting_;
  times.emplace(came, std::move(call));
  ++size_;

  const Place last = GreatestTurn();
  const bool gives_way_last =
      last.times == &TimesOf(GivesWay::kLast) && last.turn < clock_ - HeadStartOf(GivesWay::kUsual);
  if (size_ <= (gives_way_last ? waiting_max_ : std::min(usual_max, waiting_max_))) {
    return std::nullopt;
  }
  return TurnAway(last);
}

std::vector<WaitingCall> FairQueue::TakeThoseSince(absl::Time before) {
  std::vector<WaitingCall> taken;
  for (const GivesWay kind : {GivesWay::kUsual, GivesWay::kFirst}) {
    Times& times = TimesOf(kind);
    for (auto at = times.begin(); at != times.end();) {
      const auto one = at++;
      if (one->second.since < before) taken.push_back(TurnAway({&times, one, 0}));
    }
  }
  return taken;
}

WaitingCall FairQueue::Pop() {
  const Place next = LeastTurn();
  const WaitingCall& first = next.at->second;
  if (next.turn >= clock_) {
    clock_ = next.turn;
  } else if (HeadStartOf(first.gives_way) > 0) {
    // It begins before those whose turn it is, and they are nearer to it.
    clock_ += first.step / static_cast<double>(sharers_waiting_);
  }
  WaitingCall call = Take(next);
  if (empty()) {  // nobody has to wait for anybody: what was is forgotten
    sharers_.clear();
    clock_ = 0;
  }
  return call;
}

// It never had its turn: the step is taken back.
WaitingCall FairQueue::TurnAway(const Place& place) {
  const WaitingCall& call = place.at->second;
  sharers_[Key(call.sharer, call.gives_way)].clock -= call.step;
  return Take(place);
}

WaitingCall FairQueue::Take(const Place& place) {
  WaitingCall call = std::move(place.at->second);
  place.times->erase(place.at);
  --size_;
  Sharer& sharer = sharers_[Key(call.sharer, call.gives_way)];
  if (--sharer.waiting == 0) --sharers_waiting_;
  return call;
}

void FairQueue::ForgetWhoIsNotAhead() {
  absl::erase_if(sharers_, [this](const auto& sharer) {
    return sharer.second.waiting == 0 && sharer.second.clock <= clock_ - kSavedMax;
  });
  forget_at_ = std::max(2 * waiting_max_, 2 * sharers_.size());
}

}  // namespace passend::service
