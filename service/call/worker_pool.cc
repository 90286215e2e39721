#include "service/call/worker_pool.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace passend::service {
namespace {

// A call counts for so much of what calls of its method took lately.
constexpr int kCallsRemembered = 32;
// And for no more than this, so that one that hung does not keep others from waiting.
constexpr absl::Duration kTookMax = absl::Seconds(1);
// So that a few slow calls leave enough to begin with.
constexpr size_t kWaitingMin = 16;
// What a call that takes next to nothing counts for.
constexpr double kStepsMin = 1.0 / 64;

}  // namespace

WorkerPool::WorkerPool(size_t threads, size_t waiting_max, std::function<absl::Time()> now,
                       absl::Duration wait_when_busy)
    : thread_count_(threads),
      now_(std::move(now)),
      wait_when_busy_(wait_when_busy),
      steps_max_(absl::FDivDuration(wait_when_busy, kStep) * static_cast<double>(threads)),
      queue_(waiting_max, wait_when_busy == absl::InfiniteDuration()
                              ? waiting_max
                              : std::max(kWaitingMin, threads)) {
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
  std::vector<WaitingCall> too_many;
  {
    absl::MutexLock lock(&mutex_);
    call.steps = std::max(absl::FDivDuration(took_lately_[call.method], kStep), kStepsMin);
    too_many = queue_.Push(std::move(call), steps_max_);
  }
  for (const WaitingCall& one : too_many) one.turn_away();
}

void WorkerPool::RunOrPost(WaitingCall call) {
  if (!TakeTurnAlone()) return Post(std::move(call));
  const absl::Time began = now_();
  call.run();
  const absl::Duration took = now_() - began;
  absl::MutexLock lock(&mutex_);
  EndTurn({call.method, took});
}

bool WorkerPool::TakeTurnAlone() {
  absl::MutexLock lock(&mutex_);
  if (running_ > 0 || !queue_.empty()) return false;
  ++running_;
  return true;
}

void WorkerPool::EndTurn(const Turn& turn) {
  --running_;
  absl::Duration& lately = took_lately_[turn.method];
  lately += (std::min(turn.took, kTookMax) - lately) / kCallsRemembered;
}

size_t WorkerPool::waiting() const {
  absl::MutexLock lock(&mutex_);
  return queue_.size();
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
  std::optional<Turn> last;
  while (true) {
    std::optional<WaitingCall> call;
    std::vector<WaitingCall> too_late;
    const absl::Time looked = now_();
    {
      absl::MutexLock lock(&mutex_);
      if (last) EndTurn(*std::exchange(last, std::nullopt));
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
    last = {call->method, now_() - began};
  }
}

}  // namespace passend::service
