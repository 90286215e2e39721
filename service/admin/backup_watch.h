// Looks after the folder of backups: whether it can be written to, how old the newest backup is,
// and when the next one is due.
#ifndef PASSEND_SERVICE_ADMIN_BACKUP_WATCH_H_
#define PASSEND_SERVICE_ADMIN_BACKUP_WATCH_H_

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace passend::service {

// How often the folder is looked at.
inline constexpr absl::Duration kBackupLook = absl::Minutes(1);
// A backup that is due and fails is tried again after so long: each try reads seals and lists.
inline constexpr absl::Duration kBackupRetry = absl::Minutes(15);

// Thread safety: all methods may be called from any thread.
class BackupWatch {
 public:
  // `interval` is how old the newest backup may be; zero: as old as it likes. `log` takes a line
  // about a folder that cannot be written to, once for each cause.
  BackupWatch(std::string folder, absl::Duration interval, std::function<absl::Time()> now,
              std::function<void(std::string_view line)> log)
      : folder_(std::move(folder)),
        interval_(interval),
        now_(std::move(now)),
        log_(std::move(log)) {}

  // Makes the folder where there is none, tries whether it can be written to, and reads when its
  // newest backup was made: by whomever, and whether or not this server was running.
  void Look();

  // Looks, and tells whether a backup is to be begun now: the newest is `interval` old, or of a
  // later time than now, or there is none, and the last that was to be begun is kBackupRetry ago
  // (or `interval`, where that is shorter).
  bool IsDue();

  // As of the last look. InfinitePast: there is no backup, or it cannot be read.
  absl::Time newest() const {
    absl::MutexLock lock(&mutex_);
    return newest_;
  }
  bool writable() const { return writable_; }

 private:
  void LookLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string folder_;
  const absl::Duration interval_;
  const std::function<absl::Time()> now_;
  const std::function<void(std::string_view line)> log_;
  std::atomic<bool> writable_ = false;
  mutable absl::Mutex mutex_;
  absl::Time newest_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  absl::Time begun_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  std::string last_mistake_ ABSL_GUARDED_BY(mutex_);  // empty: none
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ADMIN_BACKUP_WATCH_H_
