// How a store goes on after its disk was full.
//
// The engine (RocksDB 7.8) does not always come back: it waits for ever for a flush that was lost,
// and closing the database with it. The two ways that were found are closed (see merge_pause.h, and
// IsResumed); for any other it is asked on a thread of its own, and where it does not answer the
// store stops.
//
// Thread safety: none; whoever holds the store's write lock.
#ifndef PASSEND_STORAGE_FULL_DISK_H_
#define PASSEND_STORAGE_FULL_DISK_H_

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "rocksdb/env.h"
#include "storage/database.h"
#include "storage/write_health.h"

namespace passend::storage {

class FullDisk {
 public:
  // Looks for room in `directory`. All must outlive it.
  FullDisk(const Database& database, WriteHealth& health, rocksdb::Env& env, std::string directory)
      : database_(database), health_(health), env_(env), directory_(std::move(directory)) {
    health_.merge_pause().Allow();
  }
  // Ends the process where the engine still does not answer: the database cannot be closed, and all
  // that was acknowledged is in its log.
  ~FullDisk();
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

  // Before a write: OK where the disk is not full, or not any more. Looks for room every second at
  // most, and has the engine go on where there is some. RESOURCE_EXHAUSTED where there is none, or
  // the engine is still at it; UNAVAILABLE where it does not go on: then the store has stopped.
  absl::Status GoOn();

 private:
  using Time = std::chrono::steady_clock::time_point;

  void MergeAgain(Time now);
  absl::Status LookForRoom() const;
  void BeginToResume(Time now);
  bool IsResumed(std::chrono::milliseconds within) const;
  absl::Status AwaitResumed(Time now);
  bool resuming() const { return thread_.joinable(); }

  const Database& database_;
  WriteHealth& health_;
  rocksdb::Env& env_;
  const std::string directory_;
  Time next_look_;
  std::thread thread_;  // that the engine is asked on
  std::future<rocksdb::Status> resumed_;
  Time resuming_since_;
  bool log_is_new_ = false;  // the engine began one, and found no room to go on
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_FULL_DISK_H_
