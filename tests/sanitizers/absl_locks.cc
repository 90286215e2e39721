// Debian's Abseil is not built for ThreadSanitizer, which so sees no order in what one thread did
// before it unlocked and another does after it locked. These stand before the library's functions
// of the same names, call them, and tell. The library's search for deadlocks is off, as it is in
// the server: its graph is kept under a lock that does not stand here.
#if defined(__SANITIZE_THREAD__)
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"

extern "C" void AnnotateIgnoreReadsBegin(const char* file, int line);
extern "C" void AnnotateIgnoreReadsEnd(const char* file, int line);

namespace {

// The library's own; a member function takes `this` first.
template <typename Function>
Function* Own(const char* symbol) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, symbol));
}

// While it lives, this thread's reads are nobody's business: whoever unlocks looks for others
// whether what they wait for has come, and holds the lock still.
struct LooksForOthers {
  LooksForOthers() { AnnotateIgnoreReadsBegin(__FILE__, __LINE__); }
  ~LooksForOthers() { AnnotateIgnoreReadsEnd(__FILE__, __LINE__); }
};

[[maybe_unused]] const bool no_search = [] {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  return true;
}();

}  // namespace

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  static auto* const own = Own<void(Mutex*)>("_ZN4absl7debian35Mutex4LockEv");
  own(this);
  __tsan_acquire(this);
}

void Mutex::Unlock() {
  static auto* const own = Own<void(Mutex*)>("_ZN4absl7debian35Mutex6UnlockEv");
  __tsan_release(this);
  const LooksForOthers looking;
  own(this);
}

void Mutex::LockWhen(const Condition& condition) {
  static auto* const own =
      Own<void(Mutex*, const Condition&)>("_ZN4absl7debian35Mutex8LockWhenERKNS0_9ConditionE");
  {
    const LooksForOthers looking;
    own(this, condition);
  }
  __tsan_acquire(this);
}

void Mutex::ReaderLock() {
  static auto* const own = Own<void(Mutex*)>("_ZN4absl7debian35Mutex10ReaderLockEv");
  own(this);
  __tsan_acquire(this);
}

void Mutex::ReaderUnlock() {
  static auto* const own = Own<void(Mutex*)>("_ZN4absl7debian35Mutex12ReaderUnlockEv");
  __tsan_release(this);
  const LooksForOthers looking;
  own(this);
}

void Mutex::Await(const Condition& condition) {
  static auto* const own =
      Own<void(Mutex*, const Condition&)>("_ZN4absl7debian35Mutex5AwaitERKNS0_9ConditionE");
  __tsan_release(this);
  {
    const LooksForOthers looking;
    own(this, condition);
  }
  __tsan_acquire(this);
}

bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  static auto* const own = Own<bool(Mutex*, const Condition&, Duration)>(
      "_ZN4absl7debian35Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE");
  __tsan_release(this);
  bool come = false;
  {
    const LooksForOthers looking;
    come = own(this, condition, timeout);
  }
  __tsan_acquire(this);
  return come;
}

void Notification::Notify() {
  static auto* const own = Own<void(Notification*)>("_ZN4absl7debian312Notification6NotifyEv");
  __tsan_release(this);
  own(this);
}

void Notification::WaitForNotification() const {
  static auto* const own =
      Own<void(const Notification*)>("_ZNK4absl7debian312Notification19WaitForNotificationEv");
  own(this);
  __tsan_acquire(const_cast<Notification*>(this));
}

bool Notification::WaitForNotificationWithTimeout(Duration timeout) const {
  static auto* const own = Own<bool(const Notification*, Duration)>(
      "_ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_8DurationE");
  const bool come = own(this, timeout);
  if (come) __tsan_acquire(const_cast<Notification*>(this));
  return come;
}

ABSL_NAMESPACE_END
}  // namespace absl
#endif
