// Whether the server is called serving: not before everything has started, and not any more once
// something that answers has stopped for good.
#ifndef PASSEND_SERVICE_PASSENDD_SERVING_SWITCH_H_
#define PASSEND_SERVICE_PASSENDD_SERVING_SWITCH_H_

#include <functional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace passend::service {

// States: starting -> serving -> closed; stopped from any of them, and for ever.
//
// Thread safety: all methods may be called from any thread.
class ServingSwitch {
 public:
  // Everything has started: calls `set_serving` with true now, unless something stopped already,
  // and with false when something stops before Close.
  void Open(std::function<void(bool serving)> set_serving) {
    absl::MutexLock lock(&mutex_);
    set_serving_ = std::move(set_serving);
    if (!stopped_) set_serving_(true);
  }

  // Something has stopped for good.
  void Stop() {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
    if (set_serving_) set_serving_(false);
  }

  // What Open was given is called no more.
  void Close() {
    absl::MutexLock lock(&mutex_);
    set_serving_ = nullptr;
  }

 private:
  absl::Mutex mutex_;
  std::function<void(bool)> set_serving_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_SERVING_SWITCH_H_
