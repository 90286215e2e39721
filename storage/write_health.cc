#include "storage/write_health.h"

#include "storage/store_errors.h"

namespace passend::storage {

absl::Status FromRocksDb(const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsIncomplete()) return StoreBusy();
  if (status.IsNoSpace()) return DiskFull();
  if (status.IsCorruption()) return Damaged("the database", status.ToString());
  return absl::UnavailableError(status.ToString());
}

absl::Status WriteHealth::Check() const {
  std::lock_guard lock(mutex_);
  return cause_.ok() ? cause_ : StoreStopped(cause_);
}

absl::Status WriteHealth::Stop(const absl::Status& cause) {
  bool first = false;
  absl::Status told;
  {
    std::lock_guard lock(mutex_);
    first = cause_.ok();
    if (first) cause_ = cause;
    told = StoreStopped(cause_);
  }
  if (first && stopped_) stopped_(told);
  return told;
}

void WriteHealth::OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) {
  if (error->ok()) return;
  if (!error->IsNoSpace()) {
    Stop(FromRocksDb(*error)).IgnoreError();  // whoever commits next is told
  } else if (error->severity() >= rocksdb::Status::Severity::kFatalError) {
    Stop(absl::UnavailableError("there was no room to begin a new log")).IgnoreError();
  } else if (reason == rocksdb::BackgroundErrorReason::kCompaction) {
    merge_pause_.Begin();
    *error = rocksdb::Status::OK();  // the engine tries again: see merge_pause.h
  } else {
    full_.store(true);
  }
}

void WriteHealth::OnCompactionBegin(rocksdb::DB* /*database*/,
                                    const rocksdb::CompactionJobInfo& /*merge*/) {
  merge_pause_.Await();
}

// The engine of Debian waits for ever where the disk is full again while it recovers.
void WriteHealth::OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason /*reason*/,
                                       rocksdb::Status /*error*/, bool* auto_recovery) {
  *auto_recovery = false;
}

}  // namespace passend::storage
