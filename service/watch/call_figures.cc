#include "service/watch/call_figures.h"

#include "passend/v1/error_reason.pb.h"
#include "service/call/method_table.h"

namespace passend::service {
namespace {

constexpr char kUnknown[] = "unknown";

prometheus::Family<prometheus::Counter>& TurnedAway(prometheus::Registry& registry) {
  return prometheus::BuildCounter()
      .Name("passend_calls_turned_away_total")
      .Help("Calls that were not begun, by why")
      .Register(registry);
}

prometheus::Counter& TurnedAwayBy(prometheus::Registry& registry, const char* reason) {
  return TurnedAway(registry).Add({{"reason", reason}});
}

// From a quarter of a millisecond to half a minute.
prometheus::Histogram::BucketBoundaries SecondsOfCalls() {
  return {0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
          0.1,     0.25,   0.5,   1,      2.5,   5,    10,    30};
}

bool Has(const CallLine& line, v1::ErrorReason reason) {
  return line.reason == v1::ErrorReason_Name(reason);
}

}  // namespace

CallFigures::CallFigures(CallLog& inner, prometheus::Registry& registry)
    : inner_(inner),
      calls_(prometheus::BuildCounter()
                 .Name("passend_calls_total")
                 .Help("Calls that ended, by method and code")
                 .Register(registry)),
      turned_away_by_queue_(TurnedAwayBy(registry, "queue")),
      turned_away_by_places_(TurnedAwayBy(registry, "places")),
      turned_away_not_serving_(TurnedAwayBy(registry, "not_serving")),
      turned_away_by_deadline_(TurnedAwayBy(registry, "deadline")) {
  auto& seconds = prometheus::BuildHistogram()
                      .Name("passend_call_seconds")
                      .Help("How long calls took, by method")
                      .Register(registry);
  seconds_[kUnknown] = &seconds.Add({{"method", kUnknown}}, SecondsOfCalls());
  for (const MethodRow& row : MethodTable()) {
    const std::string method(row.name);
    seconds_[method] = &seconds.Add({{"method", method}}, SecondsOfCalls());
  }
}

void CallFigures::Write(const CallLine& line) {
  const auto known = seconds_.find(line.method);
  const bool is_known = known != seconds_.end();
  const std::string& method = is_known ? line.method : seconds_.find(kUnknown)->first;
  calls_.Add({{"method", method}, {"code", absl::StatusCodeToString(line.code)}}).Increment();
  (is_known ? known : seconds_.find(kUnknown))->second->Observe(absl::ToDoubleSeconds(line.took));
  if (Has(line, v1::ERROR_REASON_OVERLOADED)) {
    const MethodRow* row = FindMethod(line.method);
    const bool waits = row != nullptr && row->lane == Lane::kPrompt;
    (waits ? turned_away_by_queue_ : turned_away_by_places_).Increment();
  } else if (Has(line, v1::ERROR_REASON_NOT_SERVING)) {
    turned_away_not_serving_.Increment();
  } else if (Has(line, v1::ERROR_REASON_DEADLINE_EXCEEDED)) {
    turned_away_by_deadline_.Increment();
  }
  inner_.Write(line);
}

}  // namespace passend::service
