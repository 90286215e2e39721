// The Store on a Database and its Anchor. Made by OpenRocksDbStore.
//
// Thread safety: all methods may be called from any thread. Writers hold `write_mutex_` one at a
// time: the leader of a commit group, Fence, a step of CompactJournal. Readers take no lock of
// ours.
//   E1  A commit is answered after its group is durable in the database and written to the anchor.
//   E2  The anchor is never ahead of what is durable in the database.
//   E3  The journal's floor is never ahead of what the anchor has durably.
//   E4  head_ is the database's head whenever write_mutex_ is free and the store has not stopped.
//   E5  A person whose tombstone a commit wrote has no key any more when the commit is answered,
//   and
//       when the store is open: the key is destroyed after the commit is durable and before anybody
//       hears of it, and what a crash left in between is made up for at open.
#ifndef PASSEND_STORAGE_EMBEDDED_STORE_H_
#define PASSEND_STORAGE_EMBEDDED_STORE_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/anchor.h"
#include "storage/commit_queue.h"
#include "storage/commit_signal.h"
#include "storage/database.h"
#include "storage/files.h"
#include "storage/full_disk.h"
#include "storage/journal_codec.h"
#include "storage/meta_codec.h"
#include "storage/record_cipher.h"
#include "storage/rocksdb_store.h"
#include "storage/write_health.h"

namespace passend::storage {

class CommitGroup;

class EmbeddedStore final : public Store {
 public:
  // What a store is opened with; the database has been checked against the anchor.
  struct Parts {
    OpenOptions options;
    DirectoryLock lock;
    std::shared_ptr<WriteHealth> health;
    std::unique_ptr<Database> database;
    std::unique_ptr<const RecordCipher> cipher;  // null: nothing is encrypted
    Anchor anchor;
    JournalMark head;
    JournalFloor floor;
    uint64_t epoch;
  };
  explicit EmbeddedStore(Parts parts);
  ~EmbeddedStore() override;

  absl::StatusOr<CommitResult> Commit(Batch batch) override;
  absl::StatusOr<std::vector<std::optional<Record>>> Read(
      const std::vector<Key>& keys) const override;
  absl::Status Scan(const ScanRange& range,
                    const std::function<bool(Record)>& visit) const override;
  absl::StatusOr<std::unique_ptr<Snapshot>> GetSnapshot() const override;
  absl::StatusOr<std::vector<JournalEntry>> Tail(Sequence after, size_t limit) const override;
  absl::StatusOr<JournalSpan> CheckJournal() const override;
  absl::StatusOr<ChainPoint> ChainAt(Sequence sequence) const override;
  Sequence LastSequence() const override;
  Sequence AwaitCommit(Sequence after, absl::Duration at_most) const override;
  absl::StatusOr<std::optional<Receipt>> FindReceipt(std::string_view request) const override;
  absl::Status CompactJournal(Sequence through) override;
  absl::Status Fence(uint64_t epoch) override;

  // For backups and checks, which read beside everybody else.
  const Database& database() const { return *database_; }
  const OpenOptions& options() const { return options_; }

  // OK where writes are taken; where the disk was full, once there is room. Errors as of Commit.
  absl::Status GoOn();

  // Deletes what CompactJournal put below the floor. Called once more at open, for an interrupted
  // one.
  absl::Status Sweep();

 private:
  // All of these with write_mutex_ held.
  void CommitTogether(const std::vector<CommitQueue::Waiter*>& waiters);
  absl::Status CheckTakesWrites();
  absl::Status CheckWritable();
  absl::Status WriteGroup(CommitGroup& group);
  absl::Status AnchorHead();
  absl::Status DestroyKeys(const CommitGroup& group);
  absl::Status WriteOwn(rocksdb::WriteBatch& batch);
  absl::StatusOr<bool> SweepChunk();

  const OpenOptions options_;
  const DirectoryLock lock_;
  const std::shared_ptr<WriteHealth> health_;
  const std::unique_ptr<Database> database_;
  FullDisk full_disk_;  // guarded by write_mutex_
  const std::unique_ptr<const RecordCipher> cipher_;
  std::mutex write_mutex_;
  Anchor anchor_;                    // guarded by write_mutex_
  JournalMark head_;                 // guarded by write_mutex_
  JournalFloor floor_;               // guarded by write_mutex_
  uint64_t epoch_;                   // guarded by write_mutex_
  bool head_in_doubt_ = false;       // guarded by write_mutex_; a write failed on a full disk
  std::atomic<Sequence> compacted_;  // floor_.compacted.sequence, for readers
  CommitSignal last_;
  CommitQueue queue_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_EMBEDDED_STORE_H_
