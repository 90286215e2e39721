// A disk on which calls fail.
#ifndef PASSEND_TESTS_STRESS_DISK_FAILING_H_
#define PASSEND_TESTS_STRESS_DISK_FAILING_H_

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <string>

#include "tests/stress/disk/calls.h"

namespace passend::storage {

// Calls number `from` to `from + count - 1` fail with `error`, of those that can: with ENOSPC what
// takes room, with EMFILE what opens a file, with others all. Counted from 1.
class FailingDisk final : public DiskWatcher {
 public:
  FailingDisk(int error, uint64_t from, uint64_t count)
      : error_(error), from_(from), count_(count) {}

  bool reached() const { return calls_ >= from_; }
  uint64_t calls() const { return calls_; }
  // The first one that failed, in words.
  const std::string& first() const { return first_; }

  int Before(DiskCall call, const std::string& path) override {
    if (!Fits(call)) return 0;
    const uint64_t number = ++calls_;
    if (number < from_ || number - from_ >= count_) return 0;
    if (first_.empty()) first_ = std::string(NameOf(call)) + " " + path;
    return error_;
  }

 private:
  bool Fits(DiskCall call) const {
    const bool opens = call == DiskCall::kOpen || call == DiskCall::kCreate;
    if (error_ == EMFILE) return opens;
    if (error_ != ENOSPC) return true;
    return call == DiskCall::kCreate || call == DiskCall::kWrite || call == DiskCall::kResize ||
           call == DiskCall::kMakeDirectory;
  }

  const int error_;
  const uint64_t from_;
  const uint64_t count_;
  std::atomic<uint64_t> calls_ = 0;
  std::string first_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_DISK_FAILING_H_
