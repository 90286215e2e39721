#include "storage/database.h"

#include <algorithm>

#include "rocksdb/perf_level.h"
#include "storage/meta_codec.h"
#include "storage/rocksdb_options.h"
#include "storage/store_errors.h"
#include "storage/write_health.h"

namespace passend::storage {
namespace {

// RocksDB counts for each thread what it does for each key, which nobody reads: as long as this is
// there, it does not on this thread.
class Uncounted {
 public:
  Uncounted() { rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable); }
  Uncounted(const Uncounted&) = delete;
  Uncounted& operator=(const Uncounted&) = delete;
  ~Uncounted() { rocksdb::SetPerfLevel(before_); }

 private:
  const rocksdb::PerfLevel before_ = rocksdb::GetPerfLevel();
};

}  // namespace

Database::~Database() {
  for (rocksdb::ColumnFamilyHandle* family : families_) db_->DestroyColumnFamilyHandle(family);
}

absl::StatusOr<std::optional<Sealed>> Database::Get(Family family, std::string_view key,
                                                    const rocksdb::Snapshot* snapshot) const {
  rocksdb::PinnableSlice value;
  const rocksdb::Status status =
      db_->Get(MakeReadOptions(snapshot), HandleOf(family), ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return FromRocksDb(status);
  absl::StatusOr<Sealed> sealed = Unseal(family, key, ToView(value));
  if (!sealed.ok()) return sealed.status();
  return *std::move(sealed);
}

absl::StatusOr<Sealed> Database::GetOwn(std::string_view key,
                                        const rocksdb::Snapshot* snapshot) const {
  absl::StatusOr<std::optional<Sealed>> sealed = Get(Family::kMeta, key, snapshot);
  if (!sealed.ok()) return sealed.status();
  if (!*sealed) return Damaged("the database", "a value of the store's own is missing");
  return **std::move(sealed);
}

absl::Status Database::Scan(Family family, const KeyRange& range, const rocksdb::Snapshot* snapshot,
                            const Visit& visit, Amount amount) const {
  if (!range.end.empty() && range.first >= range.end) return absl::OkStatus();
  const rocksdb::Slice first = ToSlice(range.first);
  const rocksdb::Slice end = ToSlice(range.end);
  rocksdb::ReadOptions read =
      amount == Amount::kMuch ? MakeWideReadOptions(snapshot) : MakeReadOptions(snapshot);
  read.iterate_lower_bound = &first;
  if (!range.end.empty()) read.iterate_upper_bound = &end;
  std::optional<Uncounted> uncounted;
  if (amount == Amount::kMuch) uncounted.emplace();
  const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(read, HandleOf(family)));
  for (at->SeekToFirst(); at->Valid(); at->Next()) {
    const absl::StatusOr<SealedView> sealed =
        UnsealView(family, ToView(at->key()), ToView(at->value()));
    if (!sealed.ok()) return sealed.status();
    const absl::StatusOr<bool> more = visit(ToView(at->key()), *sealed);
    if (!more.ok()) return more.status();
    if (!*more) break;
  }
  return FromRocksDb(at->status());
}

absl::Status Database::VisitAll(Family family, const VisitEach& visit) const {
  const Uncounted uncounted;
  const std::unique_ptr<rocksdb::Iterator> at(
      db_->NewIterator(MakeWideReadOptions(nullptr), HandleOf(family)));
  for (at->SeekToFirst(); at->Valid(); at->Next()) {
    if (!visit(ToView(at->key()), UnsealView(family, ToView(at->key()), ToView(at->value())))) {
      break;
    }
  }
  return FromRocksDb(at->status());
}

void Database::Put(rocksdb::WriteBatch& batch, Family family, std::string_view key, Version version,
                   std::string_view content, Content form) const {
  batch.Put(HandleOf(family), ToSlice(key), Seal(family, key, version, content, form));
}

void Database::Delete(rocksdb::WriteBatch& batch, Family family, std::string_view key) const {
  batch.Delete(HandleOf(family), ToSlice(key));
}

rocksdb::Status Database::Write(rocksdb::WriteBatch& batch) const {
  const Uncounted uncounted;
  if (rocksdb::Status status = PutSomethingInMemory(); !status.ok()) return status;
  return db_->Write(MakeWriteOptions(), &batch);
}

bool Database::NothingInMemory() const {
  return std::all_of(families_.begin(), families_.end(), [&](auto* family) {
    uint64_t entries = 0;
    db_->GetIntProperty(family, rocksdb::DB::Properties::kNumEntriesActiveMemTable, &entries);
    return entries == 0;
  });
}

rocksdb::Status Database::PutSomethingInMemory() const {
  rocksdb::WriteBatch batch = MakeWriteBatch();
  Delete(batch, Family::kMeta, "");
  rocksdb::WriteOptions options = MakeWriteOptions();
  options.sync = false;
  options.disableWAL = true;
  return db_->Write(options, &batch);
}

rocksdb::Status Database::Flush() const {
  rocksdb::FlushOptions options;
  options.allow_write_stall = true;  // or it waits for merges, for which there may be no room
  return db_->Flush(options, families_);
}

rocksdb::Status Database::BeginFlush() const {
  rocksdb::FlushOptions options;
  options.wait = false;
  options.allow_write_stall = true;  // or it waits for those that are not done
  return db_->Flush(options, families_);
}

bool Database::FlushIsDue() const {
  using Properties = rocksdb::DB::Properties;
  uint64_t running = 0;
  uint64_t pending = 0;
  db_->GetIntProperty(Properties::kNumRunningFlushes, &running);
  db_->GetAggregatedIntProperty(Properties::kMemTableFlushPending, &pending);
  return running == 0 && pending > 0;
}

bool Database::HoldsWritesBack() const {
  using Properties = rocksdb::DB::Properties;
  uint64_t stopped = 0;
  uint64_t rate = 0;
  db_->GetIntProperty(Properties::kIsWriteStopped, &stopped);
  db_->GetIntProperty(Properties::kActualDelayedWriteRate, &rate);
  return stopped > 0 || rate > 0;
}

bool Database::Merges() const {
  uint64_t running = 0;
  db_->GetIntProperty(rocksdb::DB::Properties::kNumRunningCompactions, &running);
  return running > 0;
}

rocksdb::Status Database::SetBuffers(const OpenOptions& options) const {
  for (size_t i = 0; i < families_.size(); ++i) {
    const size_t bytes = WriteBufferBytes(options, static_cast<Family>(i));
    const rocksdb::Status set =
        db_->SetOptions(families_[i], {{"write_buffer_size", std::to_string(bytes)}});
    if (!set.ok()) return set;
  }
  return rocksdb::Status::OK();
}

uint64_t Database::BytesInMemory() const {
  uint64_t sum = 0;
  for (rocksdb::ColumnFamilyHandle* family : families_) {
    uint64_t bytes = 0;
    db_->GetIntProperty(family, rocksdb::DB::Properties::kCurSizeAllMemTables, &bytes);
    sum += bytes;
  }
  return sum;
}

rocksdb::Status Database::Rewrite(Family family) const {
  if (const rocksdb::Status flushed = Flush(); !flushed.ok()) return flushed;
  rocksdb::CompactRangeOptions all;
  all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  return db_->CompactRange(all, HandleOf(family), nullptr, nullptr);
}

rocksdb::WriteBatch MakeWriteBatch() {
  return rocksdb::WriteBatch(/*reserved_bytes=*/0, /*max_bytes=*/0,
                             /*protection_bytes_per_key=*/8, /*default_cf_ts_sz=*/0);
}

}  // namespace passend::storage
