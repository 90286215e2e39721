// A disk that is full under an open store, and has room again.
#include <thread>

#include "storage/merge_pause.h"
#include "storage/write_health.h"
#include "tests/storage/fixed_wrapper.h"
#include "tests/storage/store_on_failing_disk.h"

namespace passend::storage {
namespace {

class RocksDbFullDisk : public StoreOnFailingDisk {
 protected:
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

  void OpenWithLittleMemory() {
    memory_bytes_ = size_t{1} << 20;
    Open();
  }

  // How many were committed. Their memory is not in files yet, and there is room from now on.
  int CommitUntilANewLogHasNoRoom() {
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
    return committed;
  }
};

// What was written before is in files then, and the engine has nothing to write when it goes on.
TEST_F(RocksDbFullDisk, AFullDiskIsWaitedForAfterOpening) {
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

TEST_F(RocksDbFullDisk, AFullDiskIsWaitedFor) {
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
TEST_F(RocksDbFullDisk, RoomThatIsNotEnoughIsAFullDiskAgain) {
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

// The engine writes what it has in memory, which may take long: callers are told meanwhile, and
// whoever closes the store waits.
TEST_F(RocksDbFullDisk, NobodyWaitsForLongWhileTheEngineGoesOn) {
  ASSERT_TRUE(Commit("a").ok());
  HaveTheEngineGoOnForLong();
  files_->gate.Open();
  const absl::Status status = CommitOnceThereIsRoom("c");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_TRUE(IsThere("a"));
  EXPECT_FALSE(IsThere("b"));
  EXPECT_EQ(stopped_count_.load(), 0);
}

TEST_F(RocksDbFullDisk, ClosedWhileTheEngineGoesOnItLosesNothing) {
  ASSERT_TRUE(Commit("a").ok());
  HaveTheEngineGoOnForLong();
  files_->gate.Open();
  Open();
  EXPECT_TRUE(IsThere("a"));
  EXPECT_FALSE(IsThere("b"));
  EXPECT_TRUE(Commit("c").ok());
  EXPECT_EQ(stopped_count_.load(), 0);
}

TEST_F(RocksDbFullDisk, FenceAndCompactionWaitForAFullDiskToo) {
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

// People's records are being encrypted at open: some are, and the rest is when there is room.
TEST_F(RocksDbFullDisk, AFullDiskWhileRecordsAreEncryptedLosesNone) {
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
TEST_F(RocksDbFullDisk, AFirstWriteToANewLogIsWaitedForToo) {
  OpenWithLittleMemory();
  const int committed = CommitUntilANewLogHasNoRoom();
  const absl::Status status = CommitOnceThereIsRoom("last");
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(stopped_count_.load(), 0) << stopped_why_;
  Open();
  EXPECT_EQ(store_->LastSequence(), static_cast<Sequence>(committed + 1));
  EXPECT_TRUE(IsThere("0"));
  EXPECT_TRUE(IsThere(std::to_string(committed - 1)));
  EXPECT_FALSE(IsThere(std::to_string(committed)));
  EXPECT_TRUE(IsThere("last"));
}

// The same, and the thread that writes memory to files comes to it after the write failed only: the
// engine forgets that somebody had asked for it.
TEST_F(RocksDbFullDisk, AFlushThatTheEngineForgotIsAskedForAgain) {
  Gate gate;
  gate.Close();
  env_->Schedule([](void* closed) { static_cast<Gate*>(closed)->Pass(); }, &gate,
                 rocksdb::Env::Priority::HIGH);
  OpenWithLittleMemory();
  const int committed = CommitUntilANewLogHasNoRoom();
  gate.Open();
  absl::SleepFor(absl::Milliseconds(100));  // it forgets
  const absl::Status status = CommitOnceThereIsRoom("last");
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(stopped_count_.load(), 0) << stopped_why_;
  EXPECT_EQ(store_->LastSequence(), static_cast<Sequence>(committed + 1));
}

// The engine has memory for three more flushes that do not begin; then nobody could write.
TEST_F(RocksDbFullDisk, FlushesThatTheEngineForgotDoNotAddUp) {
  OpenWithLittleMemory();
  for (int round = 0; round < 4; ++round) {
    Gate gate;
    gate.Close();
    env_->Schedule([](void* closed) { static_cast<Gate*>(closed)->Pass(); }, &gate,
                   rocksdb::Env::Priority::HIGH);
    CommitUntilANewLogHasNoRoom();
    gate.Open();
    absl::SleepFor(absl::Milliseconds(100));  // it forgets
    const absl::Status status = CommitOnceThereIsRoom("last");
    ASSERT_TRUE(status.ok()) << round << ": " << status;
  }
  const std::string value(10'000, 'v');
  for (int number = 0; number < 2'000; ++number) {
    absl::Status status = store_->Commit(BatchOf().Put(Task("x"), value)).status();
    for (int i = 0; i < 50 && absl::IsResourceExhausted(status); ++i) {
      absl::SleepFor(absl::Milliseconds(20));
      status = store_->Commit(BatchOf().Put(Task("x"), value)).status();
    }
    ASSERT_TRUE(status.ok()) << number << ": " << status;
  }
  EXPECT_EQ(stopped_count_.load(), 0) << stopped_why_;
}

// A disk with room for writes and none to merge files: writes are taken, and once there is room all
// is as it was.
TEST_F(RocksDbFullDisk, MergesThatFindNoRoomKeepNobodyFromWriting) {
  OpenWithLittleMemory();
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
  ASSERT_LE(files_->merges_without_room.load(), 0) << "nothing was merged";
  for (int more = 0; more < 500; ++more, ++committed) {
    absl::Status status = commit(committed);
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

// Opening writes what the logs hold to files, and does not wait for merges that have no room.
TEST_F(RocksDbFullDisk, OpeningDoesNotWaitForMergesThatFindNoRoom) {
  OpenWithLittleMemory();
  files_->merges_without_room = 1'000'000;
  const std::string value(10'000, 'v');
  int committed = 0;
  while (store_->Commit(BatchOf().Put(Task(std::to_string(committed)), value)).ok()) {
    ASSERT_LT(++committed, 10'000) << "no write waits for merges";
  }
  for (int again = 0; again < 3; ++again) {
    store_.reset();
    Open();
    ASSERT_EQ(store_->LastSequence(), static_cast<Sequence>(committed));
  }
}

// Until writes wait for merges: then those do not wait for the end of their pause.
TEST_F(RocksDbFullDisk, WritesDoNotWaitForAPauseOfMergesOnceThereIsRoom) {
  OpenWithLittleMemory();
  files_->merges_without_room = 1;
  const std::string value(10'000, 'v');
  absl::Status status;
  for (int number = 0; number < 10'000 && status.ok(); ++number) {
    status = store_->Commit(BatchOf().Put(Task(std::to_string(number)), value)).status();
  }
  ASSERT_TRUE(absl::IsResourceExhausted(status)) << status;
  ASSERT_LE(files_->merges_without_room.load(), 0) << "nothing was merged";
  for (int i = 0; i < 100 && !status.ok(); ++i) {  // the pause is three times as long
    absl::SleepFor(absl::Milliseconds(100));
    status = Commit("last");
  }
  EXPECT_TRUE(status.ok()) << status;
}

// The same, and then a write finds no room either: the engine goes on once its merges have ended.
TEST_F(RocksDbFullDisk, MergesThatFindNoRoomDoNotKeepTheEngineFromGoingOn) {
  OpenWithLittleMemory();
  files_->merges_without_room = 1'000'000;
  const std::string value(10'000, 'v');
  for (int number = 0; number < 300; ++number) {
    const absl::Status status =
        store_->Commit(BatchOf().Put(Task(std::to_string(number)), value)).status();
    ASSERT_TRUE(status.ok()) << number << ": " << status;
  }
  ASSERT_LT(files_->merges_without_room.load(), 1'000'000) << "nothing was merged";
  for (int round = 0; round < 3; ++round) {
    files_->FillUp();
    EXPECT_TRUE(absl::IsResourceExhausted(Commit("b")));
    files_->MakeRoom();
    const absl::Status status = CommitOnceThereIsRoom("c");
    ASSERT_TRUE(status.ok()) << round << ": " << status;
  }
  EXPECT_EQ(stopped_count_.load(), 0) << stopped_why_;
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
  error = rocksdb::Status(rocksdb::Status::NoSpace(), Severity::kFatalError);  // of a new log
  WriteHealth without_a_log;
  without_a_log.OnBackgroundError(Reason::kMemTable, &error);
  EXPECT_TRUE(absl::IsUnavailable(without_a_log.Check()));
  EXPECT_FALSE(without_a_log.full());
  error = rocksdb::Status::IOError("the disk is broken");
  health.OnBackgroundError(Reason::kCompaction, &error);
  EXPECT_FALSE(error.ok());
  EXPECT_TRUE(absl::IsUnavailable(health.Check()));
}

// Whoever merges waits until it is told that there is room, or that the database is being closed.
TEST(MergePause, IsEnded) {
  MergePause pause;
  pause.Begin();
  pause.Await();  // none as long as the database is being opened
  pause.Allow();
  pause.End();
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

}  // namespace
}  // namespace passend::storage
