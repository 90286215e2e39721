// In which order waiting calls begin, and which are turned away when too many wait: one order for
// both.
#ifndef PASSEND_SERVICE_CALL_FAIR_QUEUE_H_
#define PASSEND_SERVICE_CALL_FAIR_QUEUE_H_

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "service/call/method_table.h"

namespace passend::service {

// Exactly one of `run` and `turn_away` is called, once.
struct WaitingCall {
  std::string sharer;  // whose share of the server it takes
  GivesWay gives_way = GivesWay::kUsual;
  std::function<void()> run;
  std::function<void()> turn_away;
  absl::Time since = absl::InfinitePast();  // when it came
  double step = 1;  // what it takes of a share, about: 1 for a call of the kind that takes longest
};

// How many steps a sharer may be ahead of the others and still go first.
double HeadStartOf(GivesWay gives_way);

// The queue has a clock, and so has each sharer for each kind of calls. A sharer's clock goes on by
// a call's step when that is taken in. Before that, where it is more than a few steps behind the
// queue's clock, it is set to so many behind: what a sharer leaves of its share it may take later,
// at once, but not much of it. A call's time is what its sharer's clock showed when it came, or the
// queue's if that is later; of the kind without a head start, where calls of it wait since before,
// the time of the first of these counts as the queue's. Its turn is its time less the head start of
// its kind. The least turn begins first; of one kind, equal ones as
// they came. The greatest turn is turned away. The queue's clock shows the turn of the call that
// began last; where that began before its time, by a head start, the clock goes on by a part of its
// step, one for each of those who wait; what has none catches up with the clock meanwhile. From
// that follows:
//
//   Q1  Of n sharers who always have calls of one kind waiting, each begins one n-th, however many
//       each of them sends.
//   Q2  Who asks now and then goes before who floods, and what is too much is taken from the flood.
//   Q3  What gives way last goes before everything else, unless its sharer floods: takes more than
//       others who wait, by steps and not by calls. It is half of all at least.
//   Q4  Nothing waits for ever: the turns of newcomers come after it sooner or later.
//
// Not thread-safe.
class FairQueue {
 public:
  // `waiting_max` >= 1: as many may wait at most.
  explicit FairQueue(size_t waiting_max);

  // Takes the call in. Where more than `usual_max` wait then, or more than waiting_max where the
  // greatest turn is that of a call that gives way last and is of no flood, the call with the
  // greatest turn comes back: it is to be turned away.
  std::optional<WaitingCall> Push(WaitingCall call, size_t usual_max);

  // Takes out whatever came before then and is still waiting, but for what gives way last: it is to
  // be turned away.
  std::vector<WaitingCall> TakeThoseSince(absl::Time before);

  // The call that begins now. Only where one waits.
  WaitingCall Pop();

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }
  // Of whom something is remembered.
  size_t sharers() const { return sharers_.size(); }

 private:
  using Key = std::pair<std::string, GivesWay>;
  struct Sharer {
    double clock = 0;
    size_t waiting = 0;
  };
  using Times = std::multimap<double, WaitingCall>;
  struct Place {
    Times* times = nullptr;
    Times::iterator at;
    double turn = 0;
  };

  Times& TimesOf(GivesWay kind) { return times_[static_cast<size_t>(kind)]; }
  Place LeastTurn();
  Place GreatestTurn();
  WaitingCall Take(const Place& place);
  WaitingCall TurnAway(const Place& place);
  void ForgetWhoIsNotAhead();

  const size_t waiting_max_;
  double clock_ = 0;
  size_t sharers_waiting_ = 0;
  size_t forget_at_;  // as many sharers
  size_t size_ = 0;
  std::array<Times, 3> times_;  // by GivesWay
  absl::flat_hash_map<Key, Sharer> sharers_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_FAIR_QUEUE_H_
