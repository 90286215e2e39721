// Whether the store takes writes.
//
//     state     entered when                                          left by
//     healthy   opened                                                -
//     full      the disk is full (background work or a write)         the engine's own recovery
//     stopped   any other error of a write or of background work      never: reopen the store
//
// A stopped store still reads.
//
// Thread safety: all methods from any thread; RocksDB calls the listener from its own.
#ifndef PASSEND_STORAGE_WRITE_HEALTH_H_
#define PASSEND_STORAGE_WRITE_HEALTH_H_

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

  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override;

 private:
  const std::function<void(const absl::Status& cause)> stopped_;
  mutable std::mutex mutex_;
  absl::Status cause_;  // guarded by mutex_
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_WRITE_HEALTH_H_
