// How a store goes on after its disk was full.
//
// Thread safety: none; whoever holds the store's write lock.
#ifndef PASSEND_STORAGE_FULL_DISK_H_
#define PASSEND_STORAGE_FULL_DISK_H_

#include <chrono>
#include <string>

#include "absl/status/status.h"
#include "rocksdb/env.h"
#include "storage/database.h"
#include "storage/write_health.h"

namespace passend::storage {

class FullDisk {
 public:
  // Looks for room in `directory`. All must outlive it.
  FullDisk(const Database& database, WriteHealth& health, rocksdb::Env& env, std::string directory)
      : database_(database), health_(health), env_(env), directory_(std::move(directory)) {}

  // Before a write: OK where the disk is not full, or not any more. Looks for room every second at
  // most, and has the engine go on where there is some. DISK_FULL; UNAVAILABLE where the engine
  // does not go on: then the store has stopped.
  absl::Status GoOn();

 private:
  absl::Status LookForRoom() const;
  absl::Status TryToGoOn();

  const Database& database_;
  WriteHealth& health_;
  rocksdb::Env& env_;
  const std::string directory_;
  std::chrono::steady_clock::time_point next_look_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_FULL_DISK_H_
