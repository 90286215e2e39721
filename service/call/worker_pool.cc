#include "service/call/worker_pool.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace passend::service {
namespace {

// A call counts for so much of what calls took lately.
constexpr int kCallsRemembered = 32;
// So that a few slow calls leave the threads enough to begin with.
constexpr size_t kWaitingMinAThread = 8;

}  // namespace

WorkerPool::WorkerPool(size_t threads, size_t waiting_max, std::function<absl::Time()> now,
                       absl::Duration wait_when_busy)
    : thread_count_(threads),
      waiting_max_(waiting_max),
      now_(std::move(now)),
      wait_when_busy_(wait_when_busy),
      queue_(waiting_max),
      usual_max_(waiting_max) {
  threads_.reserve(threads);
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

WorkerPool::~WorkerPool() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
  const auto none_runs = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return running_ == 0; };
  absl::MutexLock lock(&mutex_, absl::Condition(&none_runs));
}

void WorkerPool::Post(WaitingCall call) {
  call.since = now_();
  std::optional<WaitingCall> too_much;
  {
    absl::MutexLock lock(&mutex_);
    too_much = queue_.Push(std::move(call), usual_max_);
  }
  if (too_much) too_much->turn_away();
}

void WorkerPool::RunOrPost(WaitingCall call) {
  if (!TakeTurnAlone()) return Post(std::move(call));
  const absl::Time began = now_();
  call.run();
  const absl::Duration took = now_() - began;
  absl::MutexLock lock(&mutex_);
  EndTurn(took);
}

bool WorkerPool::TakeTurnAlone() {
  absl::MutexLock lock(&mutex_);
  if (running_ > 0 || !queue_.empty()) return false;
  ++running_;
  return true;
}

void WorkerPool::EndTurn(absl::Duration took) {
  --running_;
  Count(took);
}

size_t WorkerPool::waiting() const {
  absl::MutexLock lock(&mutex_);
  return queue_.size();
}

void WorkerPool::Count(absl::Duration took) {
  if (wait_when_busy_ == absl::InfiniteDuration()) return;
  took_lately_ += (took - took_lately_) / kCallsRemembered;
  if (took_lately_ <= absl::ZeroDuration()) return;
  const auto begin_in_time =
      static_cast<size_t>(absl::FDivDuration(wait_when_busy_, took_lately_)) * thread_count_;
  usual_max_ = std::clamp(begin_in_time, std::min(kWaitingMinAThread * thread_count_, waiting_max_),
                          waiting_max_);
}

std::vector<WaitingCall> WorkerPool::TakeTooLate(absl::Time now) {
  if (wait_when_busy_ == absl::InfiniteDuration()) return {};
  if (now >= looked_for_late_ && now < looked_for_late_ + wait_when_busy_) return {};
  looked_for_late_ = now;
  return queue_.TakeThoseSince(now - kWaitTimesMax * wait_when_busy_);
}

void WorkerPool::Run() {
  const auto can_go_on = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return queue_.empty() ? ending_ : running_ < thread_count_;
  };
  std::optional<absl::Duration> took;  // the last call
  while (true) {
    std::optional<WaitingCall> call;
    std::vector<WaitingCall> too_late;
    const absl::Time looked = now_();
    {
      absl::MutexLock lock(&mutex_);
      if (took) EndTurn(*std::exchange(took, std::nullopt));
      too_late = TakeTooLate(looked);
      if (too_late.empty()) {
        mutex_.Await(absl::Condition(&can_go_on));
        if (queue_.empty()) return;
        call = queue_.Pop();
        ++running_;
      }
    }
    for (const WaitingCall& one : too_late) one.turn_away();
    if (!call) continue;
    const absl::Time began = now_();
    call->run();
    took = now_() - began;
  }
}

}  // namespace passend::service
