// Calls a function again and again, on a thread of its own.
#ifndef PASSEND_SERVICE_REGULAR_CALL_H_
#define PASSEND_SERVICE_REGULAR_CALL_H_

#include <functional>
#include <thread>
#include <utility>

#include "absl/time/time.h"
#include "service/ending_signal.h"

namespace passend::service {

// The first call comes after one interval. Ends, with the call that is running, at destruction.
class RegularCall {
 public:
  RegularCall(absl::Duration interval, std::function<void()> call)
      : interval_(interval), call_(std::move(call)), thread_([this] { Run(); }) {}
  ~RegularCall() {
    ending_.End();
    thread_.join();
  }
  RegularCall(const RegularCall&) = delete;
  RegularCall& operator=(const RegularCall&) = delete;

 private:
  void Run() {
    while (!ending_.WaitFor(interval_)) call_();
  }

  const absl::Duration interval_;
  const std::function<void()> call_;
  EndingSignal ending_;
  std::thread thread_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_REGULAR_CALL_H_
