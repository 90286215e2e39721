// Counts calls for Prometheus, from the lines of the call log.
//
//     passend_calls_total{method,code}         every call that arrived
//     passend_call_seconds{method}             how long it took, from its arrival to its end
//     passend_calls_turned_away_total{reason,gives_way}
//                                              of these: `queue`, too many waited; `places`, no
//                                              place or none for this caller; `not_serving`;
//                                              `deadline`, nobody waited any more. By when calls of
//                                              the method give way: `first`, `usual`, `last`
//
// Labels are methods, codes and reasons: nothing that a caller can choose. What an alert waits for
// stands at 0 from the start: a counter that is born at 1 has not increased.
#ifndef PASSEND_SERVICE_WATCH_CALL_FIGURES_H_
#define PASSEND_SERVICE_WATCH_CALL_FIGURES_H_

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "service/call/call_log.h"
#include "service/call/method_table.h"

namespace passend::service {

// Thread safety: Write may be called from any thread.
class CallFigures : public CallLog {
 public:
  // Hands every line on to `inner`. Both must outlive it.
  CallFigures(CallLog& inner, prometheus::Registry& registry);

  void Write(const CallLine& line) override;

 private:
  // One for each GivesWay.
  class TurnedAway {
   public:
    TurnedAway(prometheus::Registry& registry, const char* reason);
    void Count(GivesWay gives_way) { counters_.at(static_cast<size_t>(gives_way))->Increment(); }

   private:
    std::array<prometheus::Counter*, 3> counters_;
  };

  CallLog& inner_;
  prometheus::Family<prometheus::Counter>& calls_;
  TurnedAway turned_away_by_queue_;
  TurnedAway turned_away_by_places_;
  TurnedAway turned_away_not_serving_;
  TurnedAway turned_away_by_deadline_;
  // Of every method of the table, and of `unknown`.
  absl::flat_hash_map<std::string, prometheus::Histogram*> seconds_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_WATCH_CALL_FIGURES_H_
