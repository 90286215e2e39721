// A store of tasks, on a disk that fails when it is told to.
#ifndef PASSEND_TESTS_STORAGE_STORE_ON_FAILING_DISK_H_
#define PASSEND_TESTS_STORAGE_STORE_ON_FAILING_DISK_H_

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "storage/rocksdb_store.h"
#include "tests/storage/batches.h"
#include "tests/storage/failing_file_system.h"
#include "tests/storage/store_factories.h"

namespace passend::storage {

class StoreOnFailingDisk : public testing::Test {
 protected:
  void SetUp() override { Open(); }

  void Open() {
    const absl::Status status = TryOpen();
    ASSERT_TRUE(status.ok()) << status;
  }

  absl::Status TryOpen() {
    store_.reset();
    OpenOptions options;
    options.directory = directory_.path() + "/store";
    options.env = env_.get();
    options.keys = keys_;
    options.encrypting = encrypting_;
    options.memory_bytes = memory_bytes_;
    options.stopped_writing = [this](const absl::Status& why) {
      ++stopped_count_;
      stopped_why_ = std::string(why.message());
    };
    auto store = OpenRocksDbStore(options);
    if (!store.ok()) return store.status();
    store_ = *std::move(store);
    return absl::OkStatus();
  }

  absl::Status Commit(const std::string& id) {
    return store_->Commit(BatchOf().Put(Task(id), "value").Tell(Task(id), "put")).status();
  }

  // Commits until the disk is no longer said to be full: room is looked for every second.
  absl::Status CommitOnceThereIsRoom(const std::string& id) {
    absl::Status status = Commit(id);
    for (int i = 0; i < 300 && absl::IsResourceExhausted(status); ++i) {
      absl::SleepFor(absl::Milliseconds(100));
      status = Commit(id);
    }
    return status;
  }
  bool IsThere(const std::string& id) { return (*store_->Read({Task(id)}))[0].has_value(); }

  TemporaryDirectory directory_;
  const std::shared_ptr<FailingFileSystem> files_ = std::make_shared<FailingFileSystem>();
  const std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(files_);
  std::atomic<int> stopped_count_ = 0;
  std::string stopped_why_;
  std::shared_ptr<PersonKeys> keys_;
  std::function<void(size_t)> encrypting_;
  size_t memory_bytes_ = size_t{64} << 20;
  std::unique_ptr<Store> store_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_STORE_ON_FAILING_DISK_H_
