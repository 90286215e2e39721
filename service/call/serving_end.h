// Who is told when serving ends: streams that wait for their caller, and would wait on.
#ifndef PASSEND_SERVICE_CALL_SERVING_END_H_
#define PASSEND_SERVICE_CALL_SERVING_END_H_

#include <functional>
#include <map>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread, also from what is told.
class ServingEnd {
 public:
  // Calls `ended` at each Tell until `who` is forgotten, and perhaps once more while and after it
  // is: it has to bear that `who` is gone.
  void Watch(const void* who, std::function<void()> ended) {
    absl::MutexLock lock(&mutex_);
    watchers_[who] = std::move(ended);
  }
  void Forget(const void* who) {
    absl::MutexLock lock(&mutex_);
    watchers_.erase(who);
  }
  void Tell() const {
    std::map<const void*, std::function<void()>> told;
    {
      absl::MutexLock lock(&mutex_);
      told = watchers_;
    }
    for (const auto& [who, ended] : told) ended();
  }

 private:
  mutable absl::Mutex mutex_;
  std::map<const void*, std::function<void()>> watchers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_SERVING_END_H_
