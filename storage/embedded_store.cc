#include "storage/embedded_store.h"

#include <utility>

#include "storage/batch_check.h"
#include "storage/commit_group.h"
#include "storage/journal_reader.h"
#include "storage/limits.h"
#include "storage/record_reader.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

class EmbeddedSnapshot final : public Snapshot {
 public:
  EmbeddedSnapshot(const Database& database, const RecordCipher* cipher)
      : database_(database), cipher_(cipher), snapshot_(database) {}

  // Reads the sequence that this view has. Before any other use.
  absl::Status Init() {
    const absl::StatusOr<JournalMark> head = ReadHead(database_, snapshot_.get());
    if (head.ok()) sequence_ = head->sequence;
    return head.status();
  }

  Sequence sequence() const override { return sequence_; }
  absl::StatusOr<std::vector<std::optional<Record>>> Read(
      const std::vector<Key>& keys) const override {
    return ReadRecords(database_, cipher_, keys, snapshot_.get());
  }
  absl::Status Scan(const ScanRange& range,
                    const std::function<bool(Record)>& visit) const override {
    return ScanRecords(database_, cipher_, range, snapshot_.get(), visit);
  }
  absl::Status ScanViews(const ScanRange& range,
                         const std::function<bool(const RecordView&)>& visit) const override {
    return ScanRecordViews(database_, cipher_, range, snapshot_.get(), visit);
  }

 private:
  const Database& database_;
  const RecordCipher* const cipher_;
  const DatabaseSnapshot snapshot_;
  Sequence sequence_ = 0;
};

}  // namespace

EmbeddedStore::EmbeddedStore(Parts parts)
    : options_(std::move(parts.options)),
      lock_(std::move(parts.lock)),
      health_(std::move(parts.health)),
      database_(std::move(parts.database)),
      full_disk_(*database_, *health_,
                 options_.env == nullptr ? *rocksdb::Env::Default() : *options_.env,
                 options_.directory),
      cipher_(std::move(parts.cipher)),
      anchor_(std::move(parts.anchor)),
      head_(parts.head),
      floor_(parts.floor),
      epoch_(parts.epoch),
      compacted_(parts.floor.compacted.sequence),
      last_(parts.head.sequence),
      queue_(
          [this](const std::vector<CommitQueue::Waiter*>& waiters) { CommitTogether(waiters); }) {}

EmbeddedStore::~EmbeddedStore() {
  // Best effort: the mark has been written, and the next open syncs it again.
  anchor_.Sync().IgnoreError();
}

absl::StatusOr<CommitResult> EmbeddedStore::Commit(Batch batch) {
  const absl::StatusOr<size_t> bytes = CheckBatch(batch);
  if (!bytes.ok()) return bytes.status();
  if (cipher_ != nullptr) {
    if (absl::Status status = cipher_->Prepare(batch); !status.ok()) return status;
  }
  return queue_.Commit(batch, *bytes);
}

void EmbeddedStore::CommitTogether(const std::vector<CommitQueue::Waiter*>& waiters) {
  std::lock_guard lock(write_mutex_);
  absl::Status status = CheckWritable();
  if (status.ok()) {
    CommitGroup group(*database_, cipher_.get(), head_, compacted_);
    for (CommitQueue::Waiter* waiter : waiters) {
      waiter->result = group.Add(waiter->batch, options_.clock());
    }
    status = WriteGroup(group);
  }
  if (status.ok()) return;
  // No answer of the group holds: even a refusal may rest on a commit that was not written.
  for (CommitQueue::Waiter* waiter : waiters) waiter->result = status;
}

absl::Status EmbeddedStore::GoOn() {
  std::lock_guard lock(write_mutex_);
  return CheckTakesWrites();
}

absl::Status EmbeddedStore::CheckTakesWrites() {
  if (absl::Status status = health_->Check(); !status.ok()) return status;
  return full_disk_.GoOn();
}

absl::Status EmbeddedStore::CheckWritable() {
  if (absl::Status status = CheckTakesWrites(); !status.ok()) return status;
  if (options_.epoch < epoch_) return WriterFenced(options_.epoch, epoch_);
  if (!head_in_doubt_) return absl::OkStatus();
  const absl::StatusOr<JournalMark> head = ReadHead(*database_);
  if (!head.ok()) return health_->Stop(head.status());
  if (*head != head_) {
    return health_->Stop(absl::UnavailableError("a commit that failed was written after all"));
  }
  head_in_doubt_ = false;
  return absl::OkStatus();
}

absl::Status EmbeddedStore::WriteGroup(CommitGroup& group) {
  if (group.head() == head_) return absl::OkStatus();  // nothing but refusals and repeats
  const rocksdb::Status written = group.Write();
  if (written.IsIncomplete()) return StoreBusy();  // nothing was written
  if (written.IsNoSpace()) {
    // The failed write is gone when the engine goes on; CheckWritable makes sure of that.
    head_in_doubt_ = true;
    return DiskFull();
  }
  // Whether anything is on disk is not known: only reopening tells.
  if (!written.ok()) return health_->Stop(FromRocksDb(written));
  head_ = group.head();
  if (absl::Status status = AnchorHead(); !status.ok()) return health_->Stop(status);
  if (absl::Status status = DestroyKeys(group); !status.ok()) return health_->Stop(status);
  last_.Announce(head_.sequence);
  return absl::OkStatus();
}

absl::Status EmbeddedStore::AnchorHead() {
  if (absl::Status status = anchor_.Write(head_); !status.ok()) return status;
  if (anchor_.unsynced() < options_.anchor_sync_groups) return absl::OkStatus();
  return anchor_.Sync();
}

absl::Status EmbeddedStore::DestroyKeys(const CommitGroup& group) {
  if (cipher_ == nullptr || group.erased().empty()) return absl::OkStatus();
  const std::vector<std::string_view> people(group.erased().begin(), group.erased().end());
  return cipher_->keys().Destroy(people);
}

absl::StatusOr<std::vector<std::optional<Record>>> EmbeddedStore::Read(
    const std::vector<Key>& keys) const {
  if (keys.size() == 1) return ReadRecords(*database_, cipher_.get(), keys, nullptr);
  const DatabaseSnapshot snapshot(*database_);
  return ReadRecords(*database_, cipher_.get(), keys, snapshot.get());
}

absl::Status EmbeddedStore::Scan(const ScanRange& range,
                                 const std::function<bool(Record)>& visit) const {
  return ScanRecords(*database_, cipher_.get(), range, nullptr, visit);
}

absl::StatusOr<std::unique_ptr<Snapshot>> EmbeddedStore::GetSnapshot() const {
  auto snapshot = std::make_unique<EmbeddedSnapshot>(*database_, cipher_.get());
  if (absl::Status status = snapshot->Init(); !status.ok()) return status;
  return snapshot;
}

absl::StatusOr<std::vector<JournalEntry>> EmbeddedStore::Tail(Sequence after, size_t limit) const {
  if (absl::Status status = CheckTailLimit(limit); !status.ok()) return status;
  return ReadTail(*database_, after, limit);
}

absl::StatusOr<JournalSpan> EmbeddedStore::CheckJournal() const {
  return CheckKeptChain(*database_);
}

absl::StatusOr<ChainPoint> EmbeddedStore::ChainAt(Sequence sequence) const {
  return ReadChainPoint(*database_, sequence);
}

Sequence EmbeddedStore::LastSequence() const { return last_.Last(); }

Sequence EmbeddedStore::AwaitCommit(Sequence after, absl::Duration at_most) const {
  return last_.Await(after, at_most);
}

absl::StatusOr<std::optional<Receipt>> EmbeddedStore::FindReceipt(std::string_view request) const {
  return FindKeptReceipt(*database_, request, compacted_);
}

absl::Status EmbeddedStore::WriteOwn(rocksdb::WriteBatch& batch) {
  const rocksdb::Status written = database_->Write(batch);
  if (written.ok()) return absl::OkStatus();
  if (written.IsIncomplete() || written.IsNoSpace()) return FromRocksDb(written);
  return health_->Stop(FromRocksDb(written));
}

absl::Status EmbeddedStore::Fence(uint64_t epoch) {
  std::lock_guard lock(write_mutex_);
  if (absl::Status status = CheckTakesWrites(); !status.ok()) return status;
  if (epoch <= epoch_) return EpochNotHigher(epoch, epoch_);
  rocksdb::WriteBatch batch = MakeWriteBatch();
  database_->Put(batch, Family::kMeta, kEpochKey, head_.sequence, EncodeEpoch(epoch));
  if (absl::Status status = WriteOwn(batch); !status.ok()) return status;
  epoch_ = epoch;
  return absl::OkStatus();
}

absl::Status EmbeddedStore::CompactJournal(Sequence through) {
  {
    std::lock_guard lock(write_mutex_);
    if (absl::Status status = CheckTakesWrites(); !status.ok()) return status;
    if (through > head_.sequence) return BeyondLastCommit(through, head_.sequence);
    if (through > floor_.compacted.sequence) {
      const absl::StatusOr<JournalMark> mark = ReadMark(*database_, floor_, through);
      if (!mark.ok()) return mark.status();
      if (absl::Status status = anchor_.Sync(); !status.ok()) return health_->Stop(status);  // E3
      const JournalFloor floor{*mark, floor_.swept};
      rocksdb::WriteBatch batch = MakeWriteBatch();
      database_->Put(batch, Family::kMeta, kFloorKey, head_.sequence, EncodeFloor(floor));
      if (absl::Status status = WriteOwn(batch); !status.ok()) return status;
      floor_ = floor;
      compacted_ = through;
    }
  }
  return Sweep();
}

absl::Status EmbeddedStore::Sweep() {
  while (true) {
    std::lock_guard lock(write_mutex_);
    const absl::StatusOr<bool> more = SweepChunk();
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
  }
}

absl::StatusOr<bool> EmbeddedStore::SweepChunk() {
  if (absl::Status status = CheckTakesWrites(); !status.ok()) return status;
  if (floor_.swept == floor_.compacted.sequence) return false;
  const Sequence last =
      std::min<Sequence>(floor_.compacted.sequence, floor_.swept + kCompactionChunkEntries);
  rocksdb::WriteBatch batch = MakeWriteBatch();
  const auto drop = [&](Sequence sequence, const SealedView& sealed) -> absl::StatusOr<bool> {
    const absl::StatusOr<KeptEntry> kept = DecodeEntry(sequence, sealed.content);
    if (!kept.ok()) return kept.status();
    database_->Delete(batch, Family::kJournal, EncodeJournalKey(sequence));
    if (!kept->request) return true;
    // The request may have been committed anew since the floor was raised.
    const absl::StatusOr<std::optional<Sealed>> receipt =
        database_->Get(Family::kReceipt, *kept->request);
    if (!receipt.ok()) return receipt.status();
    if (*receipt && (*receipt)->version == sequence) {
      database_->Delete(batch, Family::kReceipt, *kept->request);
    }
    return true;
  };
  if (absl::Status status = VisitEntries(*database_, floor_.swept + 1, last, nullptr, drop);
      !status.ok()) {
    return status;
  }
  const JournalFloor floor{floor_.compacted, last};
  database_->Put(batch, Family::kMeta, kFloorKey, head_.sequence, EncodeFloor(floor));
  if (absl::Status status = WriteOwn(batch); !status.ok()) return status;
  floor_ = floor;
  return true;
}

}  // namespace passend::storage
