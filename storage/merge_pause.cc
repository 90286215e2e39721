#include "storage/merge_pause.h"

namespace passend::storage {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kPause{30};

void MergePause::Allow() {
  std::lock_guard lock(mutex_);
  allowed_ = true;
}

void MergePause::Begin() {
  std::lock_guard lock(mutex_);
  until_ = steady_clock::now() + kPause;
}

void MergePause::Await() {
  std::unique_lock lock(mutex_);
  while (allowed_ && steady_clock::now() < until_) ended_.wait_until(lock, until_);
}

bool MergePause::is_on() {
  std::lock_guard lock(mutex_);
  return allowed_ && steady_clock::now() < until_;
}

void MergePause::End() {
  {
    std::lock_guard lock(mutex_);
    until_ = {};
  }
  ended_.notify_all();
}

void MergePause::EndForGood() {
  {
    std::lock_guard lock(mutex_);
    allowed_ = false;
  }
  ended_.notify_all();
}

}  // namespace passend::storage
