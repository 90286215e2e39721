// A disk that fails under an open store: what is refused, what is still served, what is left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "absl/time/clock.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "storage/rocksdb_store.h"
#include "tests/storage/batches.h"
#include "tests/storage/store_factories.h"

namespace passend::storage {
namespace {

enum class Fault { kNone, kBroken, kFull };

rocksdb::IOStatus StatusOf(Fault fault) {
  switch (fault) {
    case Fault::kNone:
      return rocksdb::IOStatus::OK();
    case Fault::kBroken:
      return rocksdb::IOStatus::IOError("the disk is broken");
    case Fault::kFull:
      return rocksdb::IOStatus::NoSpace("the disk is full");
  }
  return rocksdb::IOStatus::OK();
}

class FailingFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FailingFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, const std::atomic<Fault>& fault)
      : FSWritableFileOwnerWrapper(std::move(file)), fault_(fault) {}

  using FSWritableFileOwnerWrapper::Append;
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
    if (fault_ != Fault::kNone) return StatusOf(fault_);
    return FSWritableFileOwnerWrapper::Append(data, options, debug);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    if (fault_ != Fault::kNone) return StatusOf(fault_);
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }

 private:
  const std::atomic<Fault>& fault_;
};

class FailingFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FailingFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FailingFileSystem"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSWritableFile> inner;
    const auto status = FileSystemWrapper::NewWritableFile(name, options, &inner, debug);
    if (status.ok()) *file = std::make_unique<FailingFile>(std::move(inner), fault);
    return status;
  }
  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* debug) override {
    if (FailsNow()) return StatusOf(Fault::kBroken);
    return FileSystemWrapper::NewRandomAccessFile(name, options, file, debug);
  }
  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* debug) override {
    if (FailsNow()) return StatusOf(Fault::kBroken);
    return FileSystemWrapper::NewSequentialFile(name, options, file, debug);
  }
  std::atomic<Fault> fault = Fault::kNone;

  // Of the files that are opened for reading, as many are opened still, and then as many are not.
  std::atomic<int> opened_still = 0;
  std::atomic<int> not_opened = 0;

 private:
  bool FailsNow() {
    if (not_opened == 0 || opened_still-- > 0) return false;
    --not_opened;
    return true;
  }
};

class RocksDbFailure : public testing::Test {
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

  TemporaryDirectory directory_;
  const std::shared_ptr<FailingFileSystem> files_ = std::make_shared<FailingFileSystem>();
  const std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(files_);
  std::atomic<int> stopped_count_ = 0;
  std::string stopped_why_;
  std::unique_ptr<Store> store_;
};

TEST_F(RocksDbFailure, ABrokenDiskStopsWritesForGoodAndReadsGoOn) {
  ASSERT_TRUE(Commit("a").ok());
  files_->fault = Fault::kBroken;
  EXPECT_EQ(stopped_count_.load(), 0);
  EXPECT_TRUE(absl::IsUnavailable(Commit("b")));
  files_->fault = Fault::kNone;
  const absl::Status later = Commit("c");
  EXPECT_EQ(stopped_count_.load(), 1) << "told once";
  EXPECT_THAT(stopped_why_, testing::HasSubstr("the disk is broken"));
  EXPECT_TRUE(absl::IsUnavailable(later));
  EXPECT_THAT(std::string(later.message()), testing::HasSubstr("stopped taking writes; reopen it"));
  EXPECT_TRUE(absl::IsUnavailable(store_->Fence(1)));
  EXPECT_TRUE(absl::IsUnavailable(store_->CompactJournal(1)));
  EXPECT_TRUE((*store_->Read({Task("a")}))[0].has_value());
  EXPECT_EQ(store_->Tail(0, 10)->size(), 1u);
  EXPECT_EQ(store_->LastSequence(), 1u);
}

TEST_F(RocksDbFailure, ReopenedItTakesWritesAgainAndHasLostNothing) {
  ASSERT_TRUE(Commit("a").ok());
  files_->fault = Fault::kBroken;
  EXPECT_FALSE(Commit("b").ok());
  files_->fault = Fault::kNone;
  Open();
  EXPECT_TRUE((*store_->Read({Task("a")}))[0].has_value());
  EXPECT_TRUE(Commit("c").ok());
  // Whether "b" is there was never said; the journal and the records agree on it.
  const auto entries = store_->Tail(0, 10);
  ASSERT_TRUE(entries.ok());
  EXPECT_EQ((*store_->Read({Task("b")}))[0].has_value(), entries->size() == 3);
}

// What was written before is in files then, and the engine has nothing to write when it goes on.
TEST_F(RocksDbFailure, AFullDiskIsWaitedForAfterOpening) {
  ASSERT_TRUE(Commit("a").ok());
  for (const char* const id : {"b", "c"}) {
    Open();
    files_->fault = Fault::kFull;
    EXPECT_TRUE(absl::IsResourceExhausted(Commit(id)));
    files_->fault = Fault::kNone;
    absl::Status status = absl::ResourceExhaustedError("");
    for (int i = 0; i < 300 && absl::IsResourceExhausted(status); ++i) {
      absl::SleepFor(absl::Milliseconds(100));  // room is looked for every second
      status = Commit(id);
    }
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_TRUE(Commit(id).ok());
  }
  EXPECT_EQ(store_->LastSequence(), 5u);
  Open();
  EXPECT_EQ(store_->LastSequence(), 5u);
  EXPECT_TRUE((*store_->Read({Task("c")}))[0].has_value());
}

TEST_F(RocksDbFailure, AFullDiskIsWaitedFor) {
  ASSERT_TRUE(Commit("a").ok());
  files_->fault = Fault::kFull;
  const absl::Status full = Commit("b");
  EXPECT_TRUE(absl::IsResourceExhausted(full)) << full;
  EXPECT_TRUE(absl::IsResourceExhausted(Commit("b")));
  EXPECT_TRUE((*store_->Read({Task("a")}))[0].has_value());
  files_->fault = Fault::kNone;
  absl::Status status = full;
  for (int i = 0; i < 300 && absl::IsResourceExhausted(status); ++i) {
    absl::SleepFor(absl::Milliseconds(100));  // room is looked for every second
    status = Commit("c");
  }
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(store_->LastSequence(), 2u);
  EXPECT_FALSE((*store_->Read({Task("b")}))[0].has_value());
  Open();
  EXPECT_EQ(store_->LastSequence(), 2u);
  EXPECT_FALSE((*store_->Read({Task("b")}))[0].has_value());
  EXPECT_TRUE((*store_->Read({Task("c")}))[0].has_value());
}

// Whichever of the files is not opened, once or twice in a row: the disk failed, nothing is
// damaged.
TEST_F(RocksDbFailure, AFileThatIsNotOpenedIsNoDamage) {
  ASSERT_TRUE(Commit("a").ok());
  int failed = 0;
  for (const int not_opened : {1, 2}) {
    for (int before = 0;; ++before) {
      store_.reset();
      files_->opened_still = before;
      files_->not_opened = not_opened;
      const absl::Status status = TryOpen();
      if (files_->not_opened == not_opened) break;  // fewer files are opened
      files_->not_opened = 0;
      if (status.ok()) continue;
      ++failed;
      EXPECT_TRUE(absl::IsUnavailable(status)) << "after " << before << " files: " << status;
    }
    files_->not_opened = 0;
  }
  EXPECT_GE(failed, 4);
  Open();
  EXPECT_TRUE((*store_->Read({Task("a")}))[0].has_value());
  EXPECT_TRUE(Commit("b").ok());
}

}  // namespace
}  // namespace passend::storage
