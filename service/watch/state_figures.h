// What is so now, and what others count, asked for at each scrape.
#ifndef PASSEND_SERVICE_WATCH_STATE_FIGURES_H_
#define PASSEND_SERVICE_WATCH_STATE_FIGURES_H_

#include <prometheus/collectable.h>

#include <functional>
#include <string>
#include <vector>

namespace passend::service {

// One figure: `name` says what it is of, `help` what it tells. `labels` are pairs. `counts` where
// it only ever grows.
struct StateFigure {
  std::string name;
  std::string help;
  std::function<double()> value;
  std::vector<std::pair<std::string, std::string>> labels = {};
  bool counts = false;
};

// passend_serving, which `value` tells.
StateFigure ServingFigure(std::function<double()> value);

// Thread safety: Collect may be called from any thread, and calls `value` there.
class StateFigures : public prometheus::Collectable {
 public:
  // Figures of one name stand together.
  explicit StateFigures(std::vector<StateFigure> figures) : figures_(std::move(figures)) {}

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  const std::vector<StateFigure> figures_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_WATCH_STATE_FIGURES_H_
