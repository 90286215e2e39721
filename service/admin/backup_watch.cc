#include "service/admin/backup_watch.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "storage/backup/backup_folder.h"

namespace passend::service {

void BackupWatch::Look() {
  absl::MutexLock lock(&mutex_);
  LookLocked();
}

bool BackupWatch::IsDue() {
  absl::MutexLock lock(&mutex_);
  LookLocked();
  if (interval_ == absl::ZeroDuration()) return false;
  const absl::Time now = now_();
  const bool old = now - newest_ >= interval_ || newest_ > now;
  const bool tried = now - begun_ < std::min(interval_, kBackupRetry) && begun_ <= now;
  if (!old || tried) return false;
  begun_ = now;
  return true;
}

void BackupWatch::LookLocked() {
  const absl::Status tried = storage::TryBackupFolder(folder_);
  writable_ = tried.ok();
  const std::string mistake(tried.ok() ? "" : tried.message());
  if (!mistake.empty() && mistake != last_mistake_) {
    log_(absl::StrCat("WARNING: backup: no backup can be made: ", mistake));
  }
  last_mistake_ = mistake;
  // What is wrong with a seal is said by the backup that is due for it.
  newest_ = storage::NewestBackupTime(folder_).value_or(absl::InfinitePast());
}

}  // namespace passend::service
