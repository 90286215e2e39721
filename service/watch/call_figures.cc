#include "service/watch/call_figures.h"

#include "passend/v1/error_reason.pb.h"

namespace passend::service {
namespace {

constexpr char kUnknown[] = "unknown";

// In the order of GivesWay.
constexpr std::array kGivesWay = {"first", "usual", "last"};

// Alerts wait for the first call that ends so.
constexpr std::array kWorthAnAlert = {absl::StatusCode::kDataLoss, absl::StatusCode::kInternal};

// From a quarter of a millisecond to half a minute.
prometheus::Histogram::BucketBoundaries SecondsOfCalls() {
  return {0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
          0.1,     0.25,   0.5,   1,      2.5,   5,    10,    30};
}

bool Has(const CallLine& line, v1::ErrorReason reason) {
  return line.reason == v1::ErrorReason_Name(reason);
}

}  // namespace

CallFigures::TurnedAway::TurnedAway(prometheus::Registry& registry, const char* reason) {
  auto& family = prometheus::BuildCounter()
                     .Name("passend_calls_turned_away_total")
                     .Help("Calls that were not begun, by why and by when they give way")
                     .Register(registry);
  for (size_t i = 0; i < counters_.size(); ++i) {
    counters_.at(i) = &family.Add({{"reason", reason}, {"gives_way", kGivesWay.at(i)}});
  }
}

CallFigures::CallFigures(CallLog& inner, prometheus::Registry& registry)
    : inner_(inner),
      calls_(prometheus::BuildCounter()
                 .Name("passend_calls_total")
                 .Help("Calls that ended, by method and code")
                 .Register(registry)),
      turned_away_by_queue_(registry, "queue"),
      turned_away_by_places_(registry, "places"),
      turned_away_not_serving_(registry, "not_serving"),
      turned_away_by_deadline_(registry, "deadline") {
  auto& seconds = prometheus::BuildHistogram()
                      .Name("passend_call_seconds")
                      .Help("How long calls took, by method")
                      .Register(registry);
  seconds_[kUnknown] = &seconds.Add({{"method", kUnknown}}, SecondsOfCalls());
  for (const MethodRow& row : MethodTable()) {
    const std::string method(row.name);
    seconds_[method] = &seconds.Add({{"method", method}}, SecondsOfCalls());
  }
  for (const auto& [method, histogram] : seconds_) {
    for (const absl::StatusCode code : kWorthAnAlert) {
      calls_.Add({{"method", method}, {"code", absl::StatusCodeToString(code)}});
    }
  }
}

void CallFigures::Write(const CallLine& line) {
  const auto known = seconds_.find(line.method);
  const bool is_known = known != seconds_.end();
  const std::string& method = is_known ? line.method : seconds_.find(kUnknown)->first;
  calls_.Add({{"method", method}, {"code", absl::StatusCodeToString(line.code)}}).Increment();
  (is_known ? known : seconds_.find(kUnknown))->second->Observe(absl::ToDoubleSeconds(line.took));
  const MethodRow* row = FindMethod(line.method);
  const GivesWay gives_way = row == nullptr ? GivesWay::kUsual : row->gives_way;
  if (Has(line, v1::ERROR_REASON_OVERLOADED)) {
    const bool waits = row != nullptr && row->lane == Lane::kPrompt;
    (waits ? turned_away_by_queue_ : turned_away_by_places_).Count(gives_way);
  } else if (Has(line, v1::ERROR_REASON_NOT_SERVING)) {
    turned_away_not_serving_.Count(gives_way);
  } else if (Has(line, v1::ERROR_REASON_DEADLINE_EXCEEDED)) {
    turned_away_by_deadline_.Count(gives_way);
  }
  inner_.Write(line);
}

}  // namespace passend::service
