// Whether the store takes writes.
//
//     state     entered when                                          left by
//     healthy   opened                                                -
//     full      the disk is full (a flush or a write)                 FullDisk, see full_disk.h
//     stopped   any other error of a write or of background work      never: reopen the store
//
// A stopped store still reads. A disk without room for merging files alone keeps nobody from
// writing, until too much waits for that: see merge_pause.h.
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
#include "storage/merge_pause.h"

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

  // Whether the disk was full. Set by who clears the engine's error, too.
  bool full() const { return full_.load(); }
  void SetFull(bool full) { full_.store(full); }

  MergePause& merge_pause() { return merge_pause_; }

  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override;
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status error,
                            bool* auto_recovery) override;
  void OnCompactionBegin(rocksdb::DB* database, const rocksdb::CompactionJobInfo& merge) override;

 private:
  const std::function<void(const absl::Status& cause)> stopped_;
  mutable std::mutex mutex_;
  absl::Status cause_;  // guarded by mutex_
  std::atomic<bool> full_ = false;
  MergePause merge_pause_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_WRITE_HEALTH_H_
