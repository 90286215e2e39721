// The figures of a server that is starting, until those of one that has started are there.
#ifndef PASSEND_SERVICE_WATCH_STARTING_FIGURES_H_
#define PASSEND_SERVICE_WATCH_STARTING_FIGURES_H_

#include <prometheus/collectable.h>

#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace passend::service {

// States: starting <-> started, by Put.
//
// Thread safety: all methods may be called from any thread.
class StartingFigures : public prometheus::Collectable {
 public:
  // From now on these are given; null: `passend_serving 0` alone, as at first. What was given
  // before is not asked any more once this has returned.
  void Put(std::shared_ptr<prometheus::Collectable> started) {
    absl::MutexLock lock(&mutex_);
    started_ = std::move(started);
  }

  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  mutable absl::Mutex mutex_;
  std::shared_ptr<prometheus::Collectable> started_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_WATCH_STARTING_FIGURES_H_
