// Copies of people's keys, made now and then and kept for a short while only: each brings back who
// was erased after it.
#ifndef PASSEND_SERVICE_PASSENDD_KEY_BACKUPS_H_
#define PASSEND_SERVICE_PASSENDD_KEY_BACKUPS_H_

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "storage/person_keys.h"

namespace passend::service {

inline constexpr absl::Duration kKeyBackupInterval = absl::Hours(6);
// How often it is looked whether a copy is due, or is to go.
inline constexpr absl::Duration kKeyBackupLook = absl::Minutes(1);

// Thread safety: all methods may be called from any thread.
class KeyBackups {
 public:
  // `folder` is made where there is none. `log` takes a line about each copy, and about what goes
  // wrong, once for each cause.
  KeyBackups(std::shared_ptr<storage::PersonKeys> keys, std::string folder, absl::Duration kept_for,
             std::function<absl::Time()> now, std::function<void(std::string_view line)> log)
      : keys_(std::move(keys)),
        folder_(std::move(folder)),
        kept_for_(kept_for),
        now_(std::move(now)),
        log_(std::move(log)) {}

  // Makes a copy, `keys-20261121T093000Z`, where the newest that is not later than now is
  // kKeyBackupInterval old, or under another master key than people's keys are now, because that
  // one's line may be removed; then removes those that were made `kept_for` ago or earlier, those
  // later than now, which a clock that was ahead made, and what was left unfinished. Other files
  // are left alone.
  void Refresh();

  // As Refresh; a copy is due where none was made after `moment`, and stays due until it is made.
  // For a moment at which something was made that must not be younger than the newest copy.
  void CopyAfter(absl::Time moment);

  // When the newest copy was made, as its name says. InfinitePast where there is none, or the
  // folder cannot be read.
  absl::Time Newest() const;

 private:
  absl::Status Bring();  // mutex_ held
  bool IsBehind(absl::Time made, const std::string& path) const;
  void RefreshLocked();

  const std::shared_ptr<storage::PersonKeys> keys_;
  const std::string folder_;
  const absl::Duration kept_for_;
  const std::function<absl::Time()> now_;
  const std::function<void(std::string_view line)> log_;
  std::mutex mutex_;
  absl::Time wanted_after_ = absl::InfinitePast();  // guarded by mutex_
  std::string last_mistake_;                        // guarded by mutex_; empty: none
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_KEY_BACKUPS_H_
