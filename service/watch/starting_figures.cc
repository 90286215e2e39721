#include "service/watch/starting_figures.h"

#include <prometheus/metric_family.h>

#include "service/watch/state_figures.h"

namespace passend::service {

std::vector<prometheus::MetricFamily> StartingFigures::Collect() const {
  absl::MutexLock lock(&mutex_);
  if (started_ != nullptr) return started_->Collect();
  return StateFigures({ServingFigure([] { return 0; })}).Collect();
}

}  // namespace passend::service
