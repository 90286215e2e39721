// A call log that keeps its lines.
#ifndef PASSEND_TESTS_SERVICE_CALL_LINE_KEEPER_H_
#define PASSEND_TESTS_SERVICE_CALL_LINE_KEEPER_H_

#include <vector>

#include "absl/synchronization/mutex.h"
#include "service/call/call_log.h"

namespace passend::service {

class LineKeeper : public CallLog {
 public:
  void Write(const CallLine& line) override {
    absl::MutexLock lock(&mutex_);
    lines_.push_back(line);
  }
  std::vector<CallLine> lines() const {
    absl::MutexLock lock(&mutex_);
    return lines_;
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<CallLine> lines_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_CALL_LINE_KEEPER_H_
