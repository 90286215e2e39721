// Whether the store takes writes.
//
//     state     entered when                                          left by
//     healthy   opened                                                -
//     full      the disk is full (background work or a write)         FullDisk, see full_disk.h
//     stopped   any other error of a write or of background work      never: reopen the store
//
// A stopped store still reads.
//
// Thread safety: all methods from any thread; RocksDB calls the listener from its own.
#ifndef PASSEND_STORAGE_WRITE_HEALTH_H_
#define PASSEND_STORAGE_WRITE_HEALTH_H_

#include <atomic>
#include <functional>
#include <mutex>
#include <utility>

#include "absl/status/status.h"
#include "rocksdb/listener.h"
#include "rocksdb/status.h"

namespace passend::storage {

// What a RocksDB error means to the caller of a Store.
absl::Status FromRocksDb(const rocksdb::Status& status);

class WriteHealth final : public rocksdb::EventListener {
 public:
  // Calls `stopped` once, when the store stops, from whichever thread found out. May be null.
  explicit WriteHealth(std::function<void(const absl::Status& cause)> stopped = nullptr)
      : stopped_(std::move(stopped)) {}

  // OK, or the error of every later commit.
  absl::Status Check() const;

  // Stops the store, for good. The first cause is kept. Returns Check().
  absl::Status Stop(const absl::Status& cause);

  // What a full disk keeps the engine from.
  enum class Fullness {
    kNothing,
    kTidying,  // merging files: writes are taken until too much waits for it
    kWriting
  };
  Fullness fullness() const { return fullness_.load(); }
  // Of who clears the engine's error.
  void ForgetFullness() { fullness_.store(Fullness::kNothing); }
  void RememberFullness(Fullness fullness) { fullness_.store(fullness); }

  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override;
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status error,
                            bool* auto_recovery) override;

 private:
  const std::function<void(const absl::Status& cause)> stopped_;
  mutable std::mutex mutex_;
  absl::Status cause_;  // guarded by mutex_
  std::atomic<Fullness> fullness_ = Fullness::kNothing;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_WRITE_HEALTH_H_
