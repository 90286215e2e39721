// Moves the system's clock of one process, for LD_PRELOAD: by the seconds, a number of eight bytes,
// in the file that PASSEND_CLOCK names. Whoever writes there has the clock jump; the steady clock
// stays as it is. Debian's libfaketime does not get along with jemalloc, which asks for the time
// before it can give memory.
//
// Moved are the clock itself and waits for a moment of it that begin after the jump: by futexes, as
// Abseil's locks have them, and by condition variables. A wait that has begun ends as if there were
// no jump. Timestamps of files are the kernel's, and are not moved.
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

// Of the same name in the C library.
template <typename Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

using Syscall = long(long, ...);
using TimedWait = int(pthread_cond_t*, pthread_mutex_t*, const timespec*);

const std::atomic<int64_t>* MapOffset() {
  static constinit std::atomic<int64_t> none = 0;
  const char* path = std::getenv("PASSEND_CLOCK");
  const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return &none;
  void* mapped = mmap(nullptr, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  return mapped == MAP_FAILED ? &none : static_cast<const std::atomic<int64_t>*>(mapped);
}

int64_t Offset() {
  static const std::atomic<int64_t>* const offset = MapOffset();
  return *offset;
}

// The moment of the kernel's clock at which ours says so; not before its beginning.
timespec KernelTime(timespec moment) {
  moment.tv_sec -= Offset();
  if (moment.tv_sec < 0) moment = {};
  return moment;
}

// The steady clock begins with the machine: no moment of it is so late, and every one of ours is.
bool IsOfSystemClock(const timespec& moment) { return moment.tv_sec > 1'000'000'000; }

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  static Syscall* const real = Real<Syscall>("syscall");
  const long result = real(SYS_clock_gettime, clock, now);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    now->tv_sec += Offset();
  }
  return static_cast<int>(result);
}

int gettimeofday(timeval* now, void* /*zone*/) noexcept {
  timespec precise;
  const int result = clock_gettime(CLOCK_REALTIME, &precise);
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1'000;
  return result;
}

time_t time(time_t* now) noexcept {
  timespec precise;
  clock_gettime(CLOCK_REALTIME, &precise);
  if (now != nullptr) *now = precise.tv_sec;
  return precise.tv_sec;
}

long syscall(long number, ...) noexcept {
  static Syscall* const real = Real<Syscall>("syscall");
  va_list list;
  va_start(list, number);
  long words[6];
  for (long& word : words) word = va_arg(list, long);
  va_end(list);
  timespec moment;
  if (number == SYS_futex && (words[1] & FUTEX_CLOCK_REALTIME) != 0 && words[3] != 0) {
    moment = KernelTime(*reinterpret_cast<const timespec*>(words[3]));
    words[3] = reinterpret_cast<long>(&moment);
  }
  return real(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

int pthread_cond_timedwait(pthread_cond_t* changed, pthread_mutex_t* lock, const timespec* until) {
  static TimedWait* const real = Real<TimedWait>("pthread_cond_timedwait");
  const timespec moment = IsOfSystemClock(*until) ? KernelTime(*until) : *until;
  return real(changed, lock, &moment);
}

}  // extern "C"
