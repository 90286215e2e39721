#include "service/call/feed_bell.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace passend::service {
namespace {

// How exactly the ends of waiting are kept.
constexpr absl::Duration kTick = absl::Milliseconds(50);

}  // namespace

FeedBell::~FeedBell() {
  std::thread thread;
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
    thread.swap(thread_);
  }
  if (thread.joinable()) thread.join();
}

uint64_t FeedBell::count() const {
  absl::MutexLock lock(&mutex_);
  return count_;
}

uint64_t FeedBell::reached() const {
  absl::MutexLock lock(&mutex_);
  return reached_;
}

size_t FeedBell::waiting() const {
  absl::MutexLock lock(&mutex_);
  return waiters_.size();
}

void FeedBell::Ring(uint64_t reached) {
  std::map<const void*, Waiter> woken;
  {
    absl::MutexLock lock(&mutex_);
    ++count_;
    reached_ = std::max(reached_, reached);
    woken.swap(waiters_);
    ends_.clear();
  }
  for (const auto& [who, waiter] : woken) waiter.wake();
}

void FeedBell::Wait(const void* who, uint64_t count, absl::Duration at_most,
                    std::function<void()> wake) {
  {
    absl::MutexLock lock(&mutex_);
    if (count_ == count) {
      const SteadyTime until =
          std::chrono::steady_clock::now() + absl::ToChronoMicroseconds(at_most);
      waiters_[who] = {until, std::move(wake)};
      ends_.emplace(until, who);
      if (!thread_.joinable()) thread_ = std::thread([this] { WatchTheTime(); });
      return;
    }
  }
  wake();
}

std::function<void()> FeedBell::Take(const void* who) {
  const auto at = waiters_.find(who);
  if (at == waiters_.end()) return nullptr;
  std::function<void()> wake = std::move(at->second.wake);
  ends_.erase({at->second.until, who});
  waiters_.erase(at);
  return wake;
}

void FeedBell::Hurry(const void* who) {
  std::function<void()> wake;
  {
    absl::MutexLock lock(&mutex_);
    wake = Take(who);
  }
  if (wake) wake();
}

void FeedBell::WatchTheTime() {
  while (true) {
    std::vector<std::function<void()>> due;
    // Not at the lock: that waits for a moment of the system's clock, which may be set back.
    absl::SleepFor(kTick);
    {
      absl::MutexLock lock(&mutex_);
      if (ending_) return;
      const SteadyTime now = std::chrono::steady_clock::now();
      while (!ends_.empty() && ends_.begin()->first <= now) {
        due.push_back(Take(ends_.begin()->second));
      }
    }
    for (const std::function<void()>& wake : due) wake();
  }
}

}  // namespace passend::service
