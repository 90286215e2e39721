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

void WriteHealth::OnBackgroundError(rocksdb::BackgroundErrorReason /*reason*/,
                                    rocksdb::Status* error) {
  if (error->ok() || error->IsNoSpace()) return;
  Stop(FromRocksDb(*error)).IgnoreError();  // whoever commits next is told
}

}  // namespace passend::storage
