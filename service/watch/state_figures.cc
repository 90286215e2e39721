#include "service/watch/state_figures.h"

#include <prometheus/metric_family.h>

#include <utility>

namespace passend::service {

StateFigure ServingFigure(std::function<double()> value) {
  return {"passend_serving", "1 while calls are answered", std::move(value)};
}

std::vector<prometheus::MetricFamily> StateFigures::Collect() const {
  std::vector<prometheus::MetricFamily> families;
  for (const StateFigure& figure : figures_) {
    if (families.empty() || families.back().name != figure.name) {
      prometheus::MetricFamily& family = families.emplace_back();
      family.name = figure.name;
      family.help = figure.help;
      family.type = figure.counts ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
    }
    prometheus::ClientMetric& metric = families.back().metric.emplace_back();
    for (const auto& [name, value] : figure.labels) metric.label.push_back({name, value});
    (figure.counts ? metric.counter.value : metric.gauge.value) = figure.value();
  }
  return families;
}

}  // namespace passend::service
