// In which order waiting calls begin, and which are turned away when too many wait: by who sends
// them, by what they take of the server's time, and by whether their kind goes before others.
#ifndef PASSEND_SERVICE_CALL_FAIR_QUEUE_H_
#define PASSEND_SERVICE_CALL_FAIR_QUEUE_H_

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "service/call/method_table.h"

namespace passend::service {

// A unit of a thread's time, a 64th of a second: shares, head starts and places are counted in
// steps.
inline constexpr absl::Duration kStep = absl::Microseconds(15'625);

// Exactly one of `run` and `turn_away` is called, once.
struct WaitingCall {
  std::string sharer;  // whose share of the server it takes
  GivesWay gives_way = GivesWay::kUsual;
  std::function<void()> run;
  std::function<void()> turn_away;
  absl::Time since = absl::InfinitePast();  // when it came
  double steps = 1;                         // that it will take, about; more than 0
  std::string_view method = {};             // calls of one take about as long; a constant
};

// How many steps a sharer may be ahead of an equal share and still go before lists.
double HeadStartOf(GivesWay gives_way);

// Calls wait in three rows. In the first are those that give way last, in the second the usual
// ones, in the third those that give way first, and with them all calls of who floods: of a sharer
// that is ahead of an equal share of the time by more than the head start of the call's kind. The
// first row goes first; but what waits behind it gets a sixteenth of the time of what goes before,
// so that nothing waits for ever.
//
// Within a row sharers take turns by the steps of their calls (start-time fair queueing). A row has
// a clock, and so has each sharer in it. A call's time is what its sharer's clock shows, or the
// row's if that is later; then the sharer's clock goes on by the call's steps. The call with the
// least time begins first, equal ones as they came. The row's clock goes on with each call that
// begins, by its steps divided by the sharers that wait in the row, and never stays behind the
// first that waits. A sharer's clock may be a few steps behind the row's: so much of its share it
// may leave now and take later, at once.
//
// What is turned away: the call with the greatest time, of the last row that has more than a few
// places; those few it gives up for a first row of many sharers, and for no flood. From that
// follows:
//
//   Q1  Of n sharers who always have calls waiting in a row, each has one n-th of that row's time,
//       however many each of them sends.
//   Q2  Who asks now and then goes before who floods, and what is too much is taken from the flood.
//   Q3  What gives way last goes before everything else, and is turned away for nothing else,
//       unless its sharer floods.
//   Q4  Nothing waits for ever behind what goes before it.
//
// Not thread-safe.
class FairQueue {
 public:
  // As many calls wait at most as waiting_max, and as `waiting_min` in any case, however long they
  // take; both >= 1.
  FairQueue(size_t waiting_max, size_t waiting_min);

  // Takes the call in. Gives back what is to be turned away for it: none, as a rule, or one; more
  // where calls take longer than before. The second and the third row give some up while more than
  // waiting_min wait in all, and those of the row and of the rows before it take more than
  // `steps_max` together.
  std::vector<WaitingCall> Push(WaitingCall call, double steps_max);

  // Takes out whatever came before then and is still waiting, but for the first row: it is to be
  // turned away.
  std::vector<WaitingCall> TakeThoseSince(absl::Time before);

  // The call that begins now. Only where one waits.
  WaitingCall Pop();

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }
  // Of whom something is remembered.
  size_t sharers() const { return sharers_.size(); }

 private:
  enum RowNumber : size_t { kBeforeAll, kUsual, kLists };
  static constexpr size_t kRows = 3;

  // What a sharer took and has waiting, in a row, or in all of them.
  struct Account {
    double clock = 0;
    size_t waiting = 0;
  };
  struct Sharer {
    Account all;
    std::array<Account, kRows> rows;
  };
  using Times = std::multimap<double, WaitingCall>;
  // The rows, and all of them together.
  struct Clock {
    double now = 0;
    size_t sharers_waiting = 0;
  };
  struct Row {
    Clock clock;
    Times calls;
    double steps = 0;  // of all that wait in it
    double due = 0;    // steps that it has to get before what goes before it
  };

  static void Begin(const WaitingCall& call, Clock& clock);
  RowNumber RowOf(const WaitingCall& call, const Sharer& sharer) const;
  // The row that gives one up; kRows where none has to.
  size_t RowThatGivesWay(double steps_max) const;
  RowNumber NextRow() const;
  WaitingCall Take(RowNumber number, Times::iterator at);
  WaitingCall TurnAway(RowNumber number, Times::iterator at);
  void ForgetWhoIsNotAhead();

  size_t waiting_max_;
  size_t waiting_min_;
  size_t forget_at_;  // as many sharers
  size_t size_ = 0;
  Clock clock_;
  std::array<Row, kRows> rows_;
  absl::flat_hash_map<std::string, Sharer> sharers_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_FAIR_QUEUE_H_
