#include "service/call/worker_pool.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace passend::service {
namespace {

// A call counts for so much of what calls took lately.
constexpr int kCallsRemembered = 32;
// So that a few slow calls leave enough to begin with, and as many as there are threads may come at
// once.
constexpr size_t kWaitingMin = 16;
// What a call that takes next to nothing takes of a share, of one of the kind that takes longest.
constexpr double kStepMin = 1.0 / 64;

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
    call.step = StepOf(call.gives_way);
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
  EndTurn({call.gives_way, took});
}

bool WorkerPool::TakeTurnAlone() {
  absl::MutexLock lock(&mutex_);
  if (running_ > 0 || !queue_.empty()) return false;
  ++running_;
  return true;
}

void WorkerPool::EndTurn(const Turn& turn) {
  --running_;
  Count(turn);
}

size_t WorkerPool::waiting() const {
  absl::MutexLock lock(&mutex_);
  return queue_.size();
}

void WorkerPool::Count(const Turn& turn) {
  if (wait_when_busy_ == absl::InfiniteDuration()) return;
  absl::Duration& lately = TookLately(turn.gives_way);
  lately += (turn.took - lately) / kCallsRemembered;
  longest_lately_ = *std::max_element(took_lately_.begin(), took_lately_.end());
  if (longest_lately_ <= absl::ZeroDuration()) return;
  const double begin_in_time =
      absl::FDivDuration(wait_when_busy_, longest_lately_) * static_cast<double>(thread_count_);
  const size_t least = std::min(std::max(kWaitingMin, thread_count_), waiting_max_);
  usual_max_ = begin_in_time < static_cast<double>(waiting_max_)
                   ? std::max(static_cast<size_t>(begin_in_time), least)
                   : waiting_max_;
}

double WorkerPool::StepOf(GivesWay gives_way) {
  if (longest_lately_ <= absl::ZeroDuration()) return 1;
  return std::max(absl::FDivDuration(TookLately(gives_way), longest_lately_), kStepMin);
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
    last = {call->gives_way, now_() - began};
  }
}

}  // namespace passend::service
