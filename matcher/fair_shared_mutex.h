// A reader-writer lock that keeps nobody out for ever.
#ifndef PASSEND_MATCHER_FAIR_SHARED_MUTEX_H_
#define PASSEND_MATCHER_FAIR_SHARED_MUTEX_H_

#include <mutex>
#include <shared_mutex>

namespace passend::matcher {

// std::shared_mutex lets readers in for as long as any reader is there, so that readers without a
// pause keep a writer out. Here all pass one turnstile: a writer that waits holds it, and readers
// who come later wait behind. To be used through std::unique_lock and std::shared_lock.
class FairSharedMutex {
 public:
  void lock() {
    const std::lock_guard turn(turnstile_);
    mutex_.lock();
  }
  void unlock() { mutex_.unlock(); }
  void lock_shared() {
    const std::lock_guard turn(turnstile_);
    mutex_.lock_shared();
  }
  void unlock_shared() { mutex_.unlock_shared(); }

 private:
  std::mutex turnstile_;
  std::shared_mutex mutex_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_FAIR_SHARED_MUTEX_H_
