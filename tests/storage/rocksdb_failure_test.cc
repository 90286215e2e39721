// A disk that fails under an open store: what is refused, what is still served, what is left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/time/clock.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "storage/rocksdb_store.h"
#include "storage/write_health.h"
#include "tests/storage/batches.h"
#include "tests/storage/fixed_wrapper.h"
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

// Who writes to the disk waits while it is closed.
class Gate {
 public:
  void Close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  void Open() {
    {
      std::lock_guard lock(mutex_);
      closed_ = false;
    }
    opened_.notify_all();
  }
  void Pass() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [&] { return !closed_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool closed_ = false;
};

class FailingFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FailingFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, const std::atomic<Fault>& fault,
              Gate& gate, std::atomic<int>& merges_without_room)
      : FSWritableFileOwnerWrapper(std::move(file)),
        fault_(fault),
        gate_(gate),
        merges_without_room_(merges_without_room) {}

  using FSWritableFileOwnerWrapper::Append;
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
    gate_.Pass();
    if (fault_ != Fault::kNone) return StatusOf(fault_);
    // The engine merges files at the lowest priority.
    if (GetIOPriority() == rocksdb::Env::IO_LOW && merges_without_room_ > 0) {
      --merges_without_room_;
      return StatusOf(Fault::kFull);
    }
    return FSWritableFileOwnerWrapper::Append(data, options, debug);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    if (fault_ != Fault::kNone) return StatusOf(fault_);
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }

 private:
  const std::atomic<Fault>& fault_;
  Gate& gate_;
  std::atomic<int>& merges_without_room_;
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
    if (!status.ok()) return status;
    const bool is_room = name.ends_with("/room");  // see storage/full_disk.cc
    const bool is_new_log = fault_of_new_logs != Fault::kNone && name.ends_with(".log");
    *file = std::make_unique<FailingFile>(
        std::move(inner), is_room ? fault_of_room : (is_new_log ? fault_of_new_logs : fault),
        is_room ? gate_of_room_ : gate, merges_without_room);
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
  void FillUp() { fault = fault_of_room = Fault::kFull; }
  void MakeRoom() { fault = fault_of_room = Fault::kNone; }
  std::atomic<Fault> fault = Fault::kNone;
  std::atomic<Fault> fault_of_room = Fault::kNone;
  std::atomic<Fault> fault_of_new_logs = Fault::kNone;  // of those begun while it is one
  Gate gate;
  std::atomic<int> merges_without_room = 0;  // of those to come

  // Of the files that are opened for reading, as many are opened still, and then as many are not.
  std::atomic<int> opened_still = 0;
  std::atomic<int> not_opened = 0;

 private:
  Gate gate_of_room_;  // always open

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
  // The disk was full, has room again, and takes nothing until its gate is opened.
  void HaveTheEngineGoOnForLong() {
    files_->FillUp();
    EXPECT_TRUE(absl::IsResourceExhausted(Commit("b")));
    files_->gate.Close();
    files_->MakeRoom();
    for (int told = 0; told < 2; ++told) {
      const absl::Status full = Commit("b");
      EXPECT_TRUE(absl::IsResourceExhausted(full)) << full;
    }
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
    files_->FillUp();
    EXPECT_TRUE(absl::IsResourceExhausted(Commit(id)));
    files_->MakeRoom();
    const absl::Status status = CommitOnceThereIsRoom(id);
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
  files_->FillUp();
  const absl::Status full = Commit("b");
  EXPECT_TRUE(absl::IsResourceExhausted(full)) << full;
  EXPECT_TRUE(absl::IsResourceExhausted(Commit("b")));
  EXPECT_TRUE((*store_->Read({Task("a")}))[0].has_value());
  files_->MakeRoom();
  const absl::Status status = CommitOnceThereIsRoom("c");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(store_->LastSequence(), 2u);
  EXPECT_FALSE((*store_->Read({Task("b")}))[0].has_value());
  Open();
  EXPECT_EQ(store_->LastSequence(), 2u);
  EXPECT_FALSE((*store_->Read({Task("b")}))[0].has_value());
  EXPECT_TRUE((*store_->Read({Task("c")}))[0].has_value());
}

// Some room is found, and it is not enough for the engine: the disk is full as before.
TEST_F(RocksDbFailure, RoomThatIsNotEnoughIsAFullDiskAgain) {
  ASSERT_TRUE(Commit("a").ok());
  files_->FillUp();
  EXPECT_TRUE(absl::IsResourceExhausted(Commit("b")));
  files_->fault_of_room = Fault::kNone;
  const absl::Status full = Commit("b");
  EXPECT_TRUE(absl::IsResourceExhausted(full)) << full;
  EXPECT_EQ(stopped_count_.load(), 0);
  files_->MakeRoom();
  const absl::Status status = CommitOnceThereIsRoom("c");
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(stopped_count_.load(), 0) << stopped_why_;
  Open();
  EXPECT_TRUE(IsThere("a"));
  EXPECT_FALSE(IsThere("b"));
  EXPECT_TRUE(IsThere("c"));
}

TEST_F(RocksDbFailure, ADiskThatBreaksWhileTheEngineGoesOnStopsWrites) {
  ASSERT_TRUE(Commit("a").ok());
  files_->FillUp();
  EXPECT_TRUE(absl::IsResourceExhausted(Commit("b")));
  files_->fault = Fault::kBroken;
  files_->fault_of_room = Fault::kNone;
  const absl::Status broken = CommitOnceThereIsRoom("b");
  EXPECT_TRUE(absl::IsUnavailable(broken)) << broken;
  EXPECT_EQ(stopped_count_.load(), 1);
  EXPECT_TRUE(IsThere("a"));
  files_->MakeRoom();
  EXPECT_TRUE(absl::IsUnavailable(Commit("c")));
  Open();
  EXPECT_TRUE(IsThere("a"));
  EXPECT_TRUE(Commit("c").ok());
}

// The engine writes what it has in memory, which may take long: callers are told meanwhile, and
// whoever closes the store waits.
TEST_F(RocksDbFailure, NobodyWaitsForLongWhileTheEngineGoesOn) {
  ASSERT_TRUE(Commit("a").ok());
  HaveTheEngineGoOnForLong();
  files_->gate.Open();
  const absl::Status status = CommitOnceThereIsRoom("c");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_TRUE(IsThere("a"));
  EXPECT_FALSE(IsThere("b"));
  EXPECT_EQ(stopped_count_.load(), 0);
}

TEST_F(RocksDbFailure, ClosedWhileTheEngineGoesOnItLosesNothing) {
  ASSERT_TRUE(Commit("a").ok());
  HaveTheEngineGoOnForLong();
  files_->gate.Open();
  Open();
  EXPECT_TRUE(IsThere("a"));
  EXPECT_FALSE(IsThere("b"));
  EXPECT_TRUE(Commit("c").ok());
  EXPECT_EQ(stopped_count_.load(), 0);
}

TEST_F(RocksDbFailure, FenceAndCompactionWaitForAFullDiskToo) {
  for (const char* const id : {"a", "b", "c"}) ASSERT_TRUE(Commit(id).ok());
  files_->FillUp();
  EXPECT_TRUE(absl::IsResourceExhausted(store_->CompactJournal(2)));
  files_->MakeRoom();
  absl::Status status = CommitOnceThereIsRoom("d");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(store_->Tail(0, 10)->size(), 4u) << "nothing was compacted";
  ASSERT_TRUE(store_->CompactJournal(2).ok());
  files_->FillUp();
  EXPECT_TRUE(absl::IsResourceExhausted(store_->Fence(7)));
  files_->MakeRoom();
  status = CommitOnceThereIsRoom("e");
  ASSERT_TRUE(status.ok()) << status << ", and nobody was fenced";
  Open();
  EXPECT_TRUE(Commit("f").ok());
  EXPECT_TRUE(store_->Fence(7).ok());
}

TEST_F(RocksDbFailure, AFenceThatCannotBeWrittenStopsWrites) {
  ASSERT_TRUE(Commit("a").ok());
  files_->fault = Fault::kBroken;
  EXPECT_TRUE(absl::IsUnavailable(store_->Fence(7)));
  files_->fault = Fault::kNone;
  EXPECT_EQ(stopped_count_.load(), 1);
  EXPECT_TRUE(absl::IsUnavailable(Commit("b")));
  EXPECT_TRUE(absl::IsUnavailable(store_->Fence(8)));
}

// People's records are being encrypted at open: some are, and the rest is when there is room.
TEST_F(RocksDbFailure, AFullDiskWhileRecordsAreEncryptedLosesNone) {
  const Key book{RecordKind::kValidationBook, "anna"};
  ASSERT_TRUE(store_->Commit(BatchOf().Put(Passport("anna"), "passport").Put(book, "book")).ok());
  store_.reset();
  auto keys = PersonKeys::Open({directory_.path() + "/keys", std::make_shared<FixedWrapper>()});
  ASSERT_TRUE(keys.ok()) << keys.status();
  keys_ = *std::move(keys);
  encrypting_ = [&](size_t records) {
    if (records == 1) files_->FillUp();
  };
  const absl::Status full = TryOpen();
  EXPECT_TRUE(absl::IsResourceExhausted(full)) << full;
  files_->MakeRoom();
  encrypting_ = nullptr;
  Open();
  const auto read = store_->Read({Passport("anna"), book});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->at(0)->value, "passport");
  EXPECT_EQ(read->at(1)->value, "book");
}

// Memory is full, so that the engine begins a new log; and the first write to that finds no room.
TEST_F(RocksDbFailure, AFirstWriteToANewLogIsWaitedForToo) {
  memory_bytes_ = size_t{1} << 20;
  Open();
  files_->fault_of_new_logs = Fault::kFull;
  const std::string value(10'000, 'v');
  absl::Status status;
  int committed = 0;
  for (; committed < 1'000; ++committed) {
    status = store_->Commit(BatchOf().Put(Task(std::to_string(committed)), value)).status();
    if (!status.ok()) break;
  }
  EXPECT_GT(committed, 10) << "that was the log that the store was opened with";
  EXPECT_TRUE(absl::IsResourceExhausted(status)) << status;
  files_->fault_of_new_logs = Fault::kNone;
  status = CommitOnceThereIsRoom("last");
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(stopped_count_.load(), 0) << stopped_why_;
  Open();
  EXPECT_EQ(store_->LastSequence(), static_cast<Sequence>(committed + 1));
  EXPECT_TRUE(IsThere("0"));
  EXPECT_TRUE(IsThere(std::to_string(committed - 1)));
  EXPECT_FALSE(IsThere(std::to_string(committed)));
  EXPECT_TRUE(IsThere("last"));
}

// A disk with room for writes and none to merge files: writes are taken, and once there is room all
// is as it was.
TEST_F(RocksDbFailure, MergesThatFindNoRoomKeepNobodyFromWriting) {
  memory_bytes_ = size_t{1} << 20;
  Open();
  files_->merges_without_room = 1;
  const std::string value(10'000, 'v');
  const auto commit = [&](int number) {
    return store_->Commit(BatchOf().Put(Task(std::to_string(number)), value)).status();
  };
  int committed = 0;
  for (; files_->merges_without_room > 0 && committed < 3'000; ++committed) {
    const absl::Status status = commit(committed);
    ASSERT_TRUE(status.ok()) << committed << ": " << status;
  }
  ASSERT_EQ(files_->merges_without_room.load(), 0) << "nothing was merged";
  for (int more = 0; more < 500; ++more) {
    absl::Status status = commit(committed++);
    for (int i = 0; i < 900 && absl::IsResourceExhausted(status); ++i) {
      absl::SleepFor(absl::Milliseconds(100));
      status = commit(committed);
    }
    ASSERT_TRUE(status.ok()) << committed << ": " << status;
  }
  EXPECT_EQ(stopped_count_.load(), 0) << stopped_why_;
  Open();
  for (int number = 0; number < committed; number += 97) {
    EXPECT_TRUE(IsThere(std::to_string(number))) << number;
  }
}

// As the engine tells it: a full disk that keeps it from merging files alone stops no write, and is
// no error to go on from.
TEST(WriteHealth, AMergeWithoutRoomIsNoFullDisk) {
  using Reason = rocksdb::BackgroundErrorReason;
  using Severity = rocksdb::Status::Severity;
  WriteHealth health;
  rocksdb::Status error(rocksdb::Status::NoSpace(), Severity::kSoftError);
  health.OnBackgroundError(Reason::kCompaction, &error);
  EXPECT_TRUE(error.ok());
  EXPECT_FALSE(health.full());
  error = rocksdb::Status(rocksdb::Status::NoSpace(), Severity::kHardError);
  health.OnBackgroundError(Reason::kFlush, &error);
  EXPECT_FALSE(error.ok());
  EXPECT_TRUE(health.full());
  EXPECT_TRUE(health.Check().ok());
  error = rocksdb::Status::IOError("the disk is broken");
  health.OnBackgroundError(Reason::kCompaction, &error);
  EXPECT_FALSE(error.ok());
  EXPECT_TRUE(absl::IsUnavailable(health.Check()));
}

// Whoever merges waits until it is told that there is room, or that the database is being closed.
TEST(MergePause, IsEnded) {
  MergePause pause;
  pause.Await();  // none
  for (void (MergePause::*const end)() : {&MergePause::End, &MergePause::EndForGood}) {
    pause.Begin();
    std::atomic<bool> merges = false;
    std::thread merge([&] {
      pause.Await();
      merges = true;
    });
    absl::SleepFor(absl::Milliseconds(20));
    EXPECT_FALSE(merges.load());
    (pause.*end)();
    merge.join();
  }
  pause.Begin();
  pause.Await();  // none any more: it has ended for good
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
