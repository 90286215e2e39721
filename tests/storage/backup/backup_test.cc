// Backups are made while the store is used, have what was answered before, and are whole.
#include <gmock/gmock.h>

#include <atomic>
#include <map>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "storage/backup/seal.h"
#include "storage/memory_store.h"
#include "tests/storage/backup/backup_scene.h"
#include "tests/storage/joining_thread.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Backup : public BackupScene {};

TEST_F(Backup, HasEveryCommitThatWasAnsweredBefore) {
  Open();
  for (int i = 0; i < 50; ++i) Put("p" + std::to_string(i), "value");
  const auto made = BackUp();
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->number, 1u);
  EXPECT_EQ(made->head, *store_->ChainAt(50));
  EXPECT_EQ(made->kept, 1u);
  const auto verified = Verify();
  ASSERT_TRUE(verified.ok()) << verified.status();
  ASSERT_EQ(verified->backups.size(), 1u);
  EXPECT_TRUE(verified->whole());
  EXPECT_EQ(verified->backups[0].contents.records, 50u);
  EXPECT_EQ(verified->backups[0].contents.journal_entries, 50u);
  EXPECT_EQ(verified->backups[0].made_at, absl::FromUnixSeconds(1'800'000'000));
}

TEST_F(Backup, OfAnEmptyStoreIsRestoredAsOne) {
  Open();
  ASSERT_TRUE(BackUp().ok());
  ASSERT_TRUE(Restore().ok());
  EXPECT_EQ(ContentsAt(target())->entries.size(), 0u);
}

TEST_F(Backup, CopiesOnlyWhatIsNew) {
  Open();
  for (int i = 0; i < 200; ++i) Put("p" + std::to_string(i), DigestOfText(std::to_string(i)));
  const auto first = BackUp();
  Put("another", "value");
  const auto second = BackUp();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->number, 2u);
  EXPECT_EQ(second->head.sequence, 201u);
  EXPECT_EQ(first->new_bytes, first->bytes);
  EXPECT_LT(second->new_bytes, second->bytes);
  EXPECT_TRUE(IsWhole());
}

TEST_F(Backup, OnlyTheNewestAreKept) {
  Open();
  for (int i = 0; i < 5; ++i) {
    Put("p", std::to_string(i));
    ASSERT_TRUE(BackUp(2).ok());
  }
  const auto verified = Verify();
  ASSERT_EQ(verified->backups.size(), 2u);
  EXPECT_EQ(verified->backups[0].number, 4u);
  EXPECT_EQ(verified->backups[1].number, 5u);
  EXPECT_TRUE(verified->whole());
  ASSERT_TRUE(Restore(4).ok());
}

TEST_F(Backup, WhileManyWriteEachIsTheJournalUpToItsCommit) {
  Open();
  std::atomic<bool> ending = false;
  std::vector<uint64_t> answered;
  std::vector<ChainPoint> heads;
  {
    std::vector<JoiningThread> writers;
    for (int writer = 0; writer < 4; ++writer) {
      writers.emplace_back([&, writer] {
        for (int i = 0; !ending; ++i) {
          const std::string id = std::to_string(writer) + "-" + std::to_string(i % 50);
          EXPECT_TRUE(
              store_->Commit(BatchOf().Put(Task(id), std::to_string(i)).Tell(Task(id), "w")).ok());
        }
      });
    }
    for (int i = 0; i < 5; ++i) {
      const uint64_t before = store_->LastSequence();
      const auto made = BackUp();
      ASSERT_TRUE(made.ok()) << made.status();
      EXPECT_GE(made->head.sequence, before);
      heads.push_back(made->head);
    }
    ending = true;
  }
  EXPECT_TRUE(IsWhole());
  for (uint32_t number = 1; number <= heads.size(); ++number) {
    EXPECT_EQ(*store_->ChainAt(heads[number - 1].sequence), heads[number - 1]);
    fs::remove_all(target());
    ASSERT_TRUE(Restore(number).ok());
    auto restored = OpenAt(target());
    ASSERT_TRUE(restored.ok()) << restored.status();
    ASSERT_EQ((*restored)->LastSequence(), heads[number - 1].sequence);
    // The journal says what every record has to be.
    std::map<std::string, Sequence> last;
    for (Sequence after = 0; after < heads[number - 1].sequence;) {
      const auto entries = (*restored)->Tail(after, 1'000);
      ASSERT_TRUE(entries.ok());
      EXPECT_EQ(*entries, *store_->Tail(after, entries->size()));
      for (const JournalEntry& entry : *entries) last[entry.events[0].key.id] = entry.sequence;
      after = entries->back().sequence;
    }
    size_t records = 0;
    ASSERT_TRUE((*restored)
                    ->Scan({RecordKind::kTask, "", ""},
                           [&](Record record) {
                             ++records;
                             EXPECT_EQ(record.version, last[record.key.id]);
                             return true;
                           })
                    .ok());
    EXPECT_EQ(records, last.size());
  }
}

TEST_F(Backup, OfAnotherHistoryIsRefused) {
  Open();
  Put("a", "1");
  ASSERT_TRUE(BackUp().ok());
  store_.reset();
  fs::remove_all(data());
  Open();
  Put("b", "1");
  const auto made = BackUp();
  EXPECT_TRUE(absl::IsFailedPrecondition(made.status())) << made.status();
  EXPECT_THAT(std::string(made.status().message()), HasSubstr("another history"));
  EXPECT_EQ(Verify()->backups.size(), 1u);
  EXPECT_TRUE(IsWhole());
}

TEST_F(Backup, OfAnEarlierStateIsRefused) {
  Open();
  Put("a", "1");
  store_.reset();
  CopyDirectory(data(), path("earlier"));
  Open();
  Put("a", "2");
  ASSERT_TRUE(BackUp().ok());
  store_.reset();
  CopyDirectory(path("earlier"), data());
  Open();
  EXPECT_TRUE(absl::IsFailedPrecondition(BackUp().status()));
  EXPECT_TRUE(IsWhole());
}

TEST_F(Backup, GoesOnAfterTheJournalWasCompacted) {
  Open();
  for (int i = 0; i < 10; ++i) Put("a", std::to_string(i));
  ASSERT_TRUE(BackUp().ok());
  for (int i = 0; i < 10; ++i) Put("a", std::to_string(i));
  ASSERT_TRUE(store_->CompactJournal(15).ok());
  ASSERT_TRUE(BackUp().ok());
  EXPECT_TRUE(IsWhole());
}

TEST_F(Backup, TwoAtATimeAreRefused) {
  Open();
  Put("a", "1");
  ASSERT_TRUE(BackUp().ok());
  BackupSettings settings;
  settings.folder = backups();
  std::optional<absl::Status> other;
  settings.work.progress = [&](uint64_t, uint64_t) {
    if (!other) other = BackUp().status();
  };
  Put("a", "2");
  ASSERT_TRUE(MakeBackup(*store_, settings).ok());
  ASSERT_TRUE(other.has_value());
  EXPECT_TRUE(absl::IsFailedPrecondition(*other)) << *other;
}

TEST_F(Backup, OfAStoreInMemoryIsRefused) {
  store_ = NewMemoryStore();
  EXPECT_TRUE(absl::IsFailedPrecondition(BackUp().status()));
}

TEST_F(Backup, StoppedItLeavesTheOthersAndIsMadeAnew) {
  Open();
  Put("a", "1");
  ASSERT_TRUE(BackUp().ok());
  Put("a", "2");
  BackupSettings settings;
  settings.folder = backups();
  for (int allowed = 0; allowed < 9; ++allowed) {
    int asked = 0;
    settings.work.stopped = [&] { return asked++ >= allowed; };
    const auto made = MakeBackup(*store_, settings);
    if (made.ok()) break;
    EXPECT_TRUE(absl::IsCancelled(made.status())) << made.status();
    EXPECT_TRUE(Verify(1)->whole());
  }
  ASSERT_TRUE(BackUp().ok());
  EXPECT_TRUE(IsWhole());
}

TEST_F(Backup, WithoutItsSealItIsUnfinishedAndClearedAwayByTheNext) {
  Open();
  Put("a", "1");
  ASSERT_TRUE(BackUp().ok());
  Put("a", "2");
  ASSERT_TRUE(BackUp().ok());
  fs::remove(backups() + "/seals/2");
  const auto verified = Verify();
  ASSERT_EQ(verified->problems.size(), 1u);
  EXPECT_THAT(verified->problems[0], HasSubstr("backup 2 has no seal"));
  EXPECT_TRUE(Verify(1)->whole());
  ASSERT_TRUE(BackUp().ok());
  EXPECT_TRUE(IsWhole());
  EXPECT_EQ(Verify()->backups.size(), 2u);
}

TEST_F(Backup, IntoADamagedFolderIsRefusedAndChangesNothing) {
  Open();
  Put("a", "1");
  ASSERT_TRUE(BackUp().ok());
  for (const std::string& file : BackupFiles()) {
    if (file.starts_with("private/") || file.starts_with("shared"))
      fs::remove(backups() + "/" + file);
  }
  const auto before = BackupFiles();
  const auto made = BackUp();
  EXPECT_TRUE(absl::IsDataLoss(made.status())) << made.status();
  EXPECT_EQ(BackupFiles(), before);
}

// The engine of backups aborts on lists that do not agree: it does not see them.
TEST_F(Backup, BesideAnotherWhoseSealOrListIsDamagedIsRefusedAndChangesNothing) {
  Open();
  Put("a", "1");
  ASSERT_TRUE(BackUp().ok());
  CopyDirectory(backups(), path("intact"));
  for (const auto& [file, told] : {std::pair{"/seals/1", "it is not what was written"},
                                   std::pair{"/meta/1", "its list of files is not as it was"}}) {
    FlipBit(backups() + file, SizeOf(backups() + file) / 2, 3);
    const auto before = BackupFiles();
    const absl::Status refused = BackUp().status();
    EXPECT_TRUE(absl::IsDataLoss(refused)) << refused;
    EXPECT_THAT(std::string(refused.message()), HasSubstr(told));
    EXPECT_EQ(BackupFiles(), before);
    CopyDirectory(path("intact"), backups());
  }
  EXPECT_TRUE(BackUp().ok());
}

// Fails with "no space" once so many bytes were written below a folder.
class FullDisk final : public rocksdb::FileSystemWrapper {
 public:
  explicit FullDisk(std::string folder)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), folder_(std::move(folder)) {}
  const char* Name() const override { return "FullDisk"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSWritableFile> inner;
    const auto status = FileSystemWrapper::NewWritableFile(name, options, &inner, debug);
    if (!status.ok() || name.find(folder_) != 0) {
      *file = std::move(inner);
      return status;
    }
    *file = std::make_unique<File>(std::move(inner), room);
    return status;
  }
  std::atomic<int64_t> room = 0;

 private:
  class File final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(std::unique_ptr<rocksdb::FSWritableFile>&& file, std::atomic<int64_t>& room)
        : FSWritableFileOwnerWrapper(std::move(file)), room_(room) {}
    using FSWritableFileOwnerWrapper::Append;
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
      if ((room_ -= static_cast<int64_t>(data.size())) < 0) {
        return rocksdb::IOStatus::NoSpace("the disk is full");
      }
      return FSWritableFileOwnerWrapper::Append(data, options, debug);
    }

   private:
    std::atomic<int64_t>& room_;
  };
  const std::string folder_;
};

TEST_F(Backup, OnAFullDiskLeavesEarlierOnesAndTheServerAlone) {
  const auto disk = std::make_shared<FullDisk>(backups());
  const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(disk);
  disk->room = int64_t{1} << 30;
  Open(nullptr, env.get());
  for (int i = 0; i < 300; ++i) Put("p" + std::to_string(i), DigestOfText(std::to_string(i)));
  ASSERT_TRUE(BackUp().ok());
  int full = 0;
  for (int64_t room = 0; room < (int64_t{1} << 20); room = room * 2 + 400) {
    Put("later", std::to_string(room));
    disk->room = room;
    const auto made = BackUp();
    if (made.ok()) break;
    ++full;
    EXPECT_TRUE(absl::IsResourceExhausted(made.status())) << room << ": " << made.status();
    EXPECT_TRUE(Verify(1)->whole()) << room;
    Put("meanwhile", "it goes on");
  }
  EXPECT_GE(full, 3);
  disk->room = int64_t{1} << 30;
  ASSERT_TRUE(BackUp().ok());
  EXPECT_TRUE(IsWhole());
  store_.reset();
}

}  // namespace
}  // namespace passend::storage
