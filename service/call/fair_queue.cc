#include "service/call/fair_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace passend::service {
namespace {

// How many steps of its share a sharer may leave and take later, at once.
constexpr double kSavedMax = 16;
// How many steps a row's clock may be ahead of the first that waits: without any, who comes anew
// would always go before whoever was there before.
constexpr double kAheadMax = 0.5;
// What waits behind others gets such a part of their time.
constexpr double kPartBehind = 1.0 / 16;
// Of waiting_min, which each row keeps whatever goes before it.
constexpr size_t kPartKept = 4;

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

FairQueue::FairQueue(size_t waiting_max, size_t waiting_min)
    : waiting_max_(waiting_max),
      waiting_min_(std::min(waiting_min, waiting_max)),
      forget_at_(2 * waiting_max) {}

FairQueue::RowNumber FairQueue::RowOf(const WaitingCall& call, const Sharer& sharer) const {
  const bool floods = sharer.all.clock > clock_.now + HeadStartOf(call.gives_way);
  if (call.gives_way == GivesWay::kFirst || floods) return kLists;
  return call.gives_way == GivesWay::kLast ? kBeforeAll : kUsual;
}

size_t FairQueue::RowThatGivesWay(double steps_max) const {
  if (size_ <= waiting_min_) return kRows;
  const size_t kept = waiting_min_ / kPartKept;
  double steps = 0;
  for (const Row& row : rows_) steps += row.steps;
  for (const RowNumber number : {kLists, kUsual}) {
    const Row& row = rows_[number];
    if (row.calls.size() > kept && (steps > steps_max || size_ > waiting_max_)) return number;
    steps -= row.steps;
  }
  if (size_ <= waiting_max_) return kRows;
  // What is kept is kept from floods; for those who ask for little, all others make room.
  const Times& before = rows_[kBeforeAll].calls;
  const bool flooded =
      !before.empty() &&
      sharers_.at(std::prev(before.end())->second.sharer).rows[kBeforeAll].waiting > kept;
  if (flooded) return kBeforeAll;
  if (!rows_[kLists].calls.empty()) return kLists;
  return rows_[kUsual].calls.empty() ? kBeforeAll : kUsual;
}

std::vector<WaitingCall> FairQueue::Push(WaitingCall call, double steps_max) {
  if (sharers_.size() >= forget_at_) ForgetWhoIsNotAhead();
  Sharer& sharer = sharers_[call.sharer];
  sharer.all.clock = std::max(sharer.all.clock, clock_.now - kSavedMax);
  const RowNumber number = RowOf(call, sharer);
  Row& row = rows_[number];
  Account& account = sharer.rows[number];
  account.clock = std::max(account.clock, row.clock.now - kSavedMax);
  const double time = std::max(account.clock, row.clock.now);
  account.clock += call.steps;
  sharer.all.clock += call.steps;
  if (++account.waiting == 1) ++row.clock.sharers_waiting;
  if (++sharer.all.waiting == 1) ++clock_.sharers_waiting;
  ++size_;
  row.steps += call.steps;
  row.calls.emplace(time, std::move(call));

  std::vector<WaitingCall> away;
  for (size_t from; (from = RowThatGivesWay(steps_max)) != kRows;) {
    away.push_back(TurnAway(static_cast<RowNumber>(from), std::prev(rows_[from].calls.end())));
  }
  return away;
}

std::vector<WaitingCall> FairQueue::TakeThoseSince(absl::Time before) {
  std::vector<WaitingCall> taken;
  for (const RowNumber number : {kUsual, kLists}) {
    Times& calls = rows_[number].calls;
    for (auto at = calls.begin(); at != calls.end();) {
      const auto one = at++;
      if (one->second.since < before) taken.push_back(TurnAway(number, one));
    }
  }
  return taken;
}

FairQueue::RowNumber FairQueue::NextRow() const {
  for (const RowNumber number : {kLists, kUsual}) {
    const Row& row = rows_[number];
    if (!row.calls.empty() && row.due >= row.calls.begin()->second.steps) return number;
  }
  for (const RowNumber number : {kBeforeAll, kUsual}) {
    if (!rows_[number].calls.empty()) return number;
  }
  return kLists;
}

void FairQueue::Begin(const WaitingCall& call, Clock& clock) {
  clock.now += call.steps / static_cast<double>(clock.sharers_waiting);
}

WaitingCall FairQueue::Pop() {
  const RowNumber number = NextRow();
  Row& row = rows_[number];
  const WaitingCall& first = row.calls.begin()->second;
  Begin(first, clock_);
  Begin(first, row.clock);
  row.due = std::max(row.due - first.steps, 0.0);
  for (size_t behind = number + 1; behind < kRows; ++behind) {
    if (!rows_[behind].calls.empty()) rows_[behind].due += first.steps * kPartBehind;
  }
  WaitingCall call = Take(number, row.calls.begin());
  if (empty()) {  // nobody has to wait for anybody: what was is forgotten
    sharers_.clear();
    clock_ = {};
    rows_ = {};
  } else if (!row.calls.empty()) {
    const double least = row.calls.begin()->first;
    row.clock.now = std::clamp(row.clock.now, least, least + kAheadMax);
  }
  return call;
}

// It never had its turn: its steps are given back.
WaitingCall FairQueue::TurnAway(RowNumber number, Times::iterator at) {
  Sharer& sharer = sharers_[at->second.sharer];
  sharer.all.clock -= at->second.steps;
  sharer.rows[number].clock -= at->second.steps;
  return Take(number, at);
}

WaitingCall FairQueue::Take(RowNumber number, Times::iterator at) {
  Row& row = rows_[number];
  WaitingCall call = std::move(at->second);
  row.calls.erase(at);
  --size_;
  row.steps -= call.steps;
  Sharer& sharer = sharers_[call.sharer];
  if (--sharer.rows[number].waiting == 0) --row.clock.sharers_waiting;
  if (--sharer.all.waiting == 0) --clock_.sharers_waiting;
  if (row.calls.empty()) row.due = row.steps = 0;
  return call;
}

void FairQueue::ForgetWhoIsNotAhead() {
  const auto is_ahead = [](const Account& account, const Clock& clock) {
    return account.clock > std::max(clock.now - kSavedMax, 0.0);
  };
  absl::erase_if(sharers_, [&](const auto& one) {
    const Sharer& sharer = one.second;
    if (sharer.all.waiting != 0 || is_ahead(sharer.all, clock_)) return false;
    for (size_t number = 0; number < kRows; ++number) {
      if (is_ahead(sharer.rows[number], rows_[number].clock)) return false;
    }
    return true;
  });
  forget_at_ = std::max(2 * waiting_max_, 2 * sharers_.size());
}

}  // namespace passend::service
