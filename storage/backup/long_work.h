// Work that takes long: it tells how far it is, and can be stopped.
#ifndef PASSEND_STORAGE_BACKUP_LONG_WORK_H_
#define PASSEND_STORAGE_BACKUP_LONG_WORK_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "absl/status/status.h"

namespace passend::storage {

struct LongWork {
  // Hears how many bytes were dealt with, and how many there are as far as is known. Called by the
  // working thread, often: it must be quick. May be empty.
  std::function<void(uint64_t done, uint64_t total)> progress;
  // Whether to stop: then the work ends with CANCELLED, soon. May be empty.
  std::function<bool()> stopped;
};

// Adds up the work. Thread safety: one thread at a time.
class WorkDone {
 public:
  explicit WorkDone(const LongWork& work) : work_(work) {}

  void Expect(uint64_t bytes) { total_ += bytes; }
  void Add(uint64_t bytes) { Reach(done_ + bytes); }
  void Reach(uint64_t bytes) {
    done_ = std::max(done_, bytes);
    if (work_.progress) work_.progress(std::min(done_, total_), total_);
  }
  uint64_t done() const { return done_; }

  absl::Status Check() const {
    if (work_.stopped && work_.stopped()) return absl::CancelledError("stopped on request");
    return absl::OkStatus();
  }

 private:
  const LongWork& work_;
  uint64_t done_ = 0;
  uint64_t total_ = 0;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_LONG_WORK_H_
