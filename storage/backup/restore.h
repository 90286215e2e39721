// Bringing back a backup: into an empty folder, whole or not at all, with everybody who was erased
// since erased again.
#ifndef PASSEND_STORAGE_BACKUP_RESTORE_H_
#define PASSEND_STORAGE_BACKUP_RESTORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/backup/contents_check.h"
#include "storage/backup/long_work.h"
#include "storage/person_keys.h"
#include "storage/store.h"

namespace passend::storage {

struct RestoreSettings {
  std::string folder;              // of the backups
  std::optional<uint32_t> number;  // default: the newest
  std::string target;              // becomes the store's directory
  // Needed for a backup whose records are encrypted: those of today, which know who was erased.
  std::shared_ptr<PersonKeys> keys = nullptr;
  // Erases a person: commits a tombstone and takes all that the store has of them. Required.
  std::function<absl::Status(Store& store, const std::string& person)> erase;
  std::function<std::unique_ptr<RecordRules>()> rules = nullptr;
  std::function<absl::Time()> clock = absl::Now;
  LongWork work = {};
};

struct RestoredBackup {
  uint32_t number = 0;
  absl::Time made_at;
  ChainPoint head;  // the last commit of the backup
  uint64_t bytes = 0;
  uint64_t erased_again = 0;
  // Who was erased after the newest backup in the folder is known by the keys only: without
  // encryption they are back, and have to be erased again by whoever knows of them.
  bool erasures_since_unknown = false;
};

// Restores into `target`, which must be empty, or what an interrupted restore left. Until all is
// checked everything is in `target`/restoring, and no server opens it; afterwards the target is a
// store with its anchor, which is opened as any other.
//
// Who is erased again: everybody whom the keys, or the newest backup of the folder that can be
// read, know as erased.
//   NOT_FOUND            no such backup
//   FAILED_PRECONDITION  the target holds something; the backup is encrypted and no keys are given,
//                        or those of another database; it was made by a newer Passend
//   DATA_LOSS            the backup is damaged or a mixture; the keys are older than it: they lack
//                        somebody's. The target is as it was, but for `restoring`
//   RESOURCE_EXHAUSTED   the target's disk is full
//   UNAVAILABLE, CANCELLED
absl::StatusOr<RestoredBackup> RestoreBackup(const RestoreSettings& settings);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_RESTORE_H_
