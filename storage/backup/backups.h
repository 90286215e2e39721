// Backups of a store that goes on serving: made, and verified. A backup has all data as of one
// commit, and no person's key: its encrypted records can be read with the key store of the same
// days only.
//
// A backup is incremental: files that an earlier one in the folder has are not copied again. What
// is unfinished (no seal) counts for nothing, and is cleared away by the next backup.
#ifndef PASSEND_STORAGE_BACKUP_BACKUPS_H_
#define PASSEND_STORAGE_BACKUP_BACKUPS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "storage/backup/contents_check.h"
#include "storage/backup/long_work.h"
#include "storage/store.h"

namespace passend::storage {

struct BackupSettings {
  // Made where there is none. Only this is written to.
  std::string folder;
  // The newest that stay in the folder, at least 1; earlier ones are removed.
  uint32_t kept = 14;
  // Bytes a second that are copied at most; 0: as many as can be.
  uint64_t bytes_a_second = 0;
  std::function<absl::Time()> clock = absl::Now;
  LongWork work = {};
};

struct MadeBackup {
  uint32_t number = 0;
  ChainPoint head;         // the last commit that it has
  uint64_t bytes = 0;      // all of it
  uint64_t new_bytes = 0;  // of files that no earlier backup had
  uint32_t kept = 0;       // backups in the folder now
};

// Backs up a store of OpenRocksDbStore while it is used. Every commit that was answered before the
// call is in it.
//   FAILED_PRECONDITION  another backup is being made into the folder; its newest backup is of
//                        another history, or has commits that the store does not; the store is not
//                        one on a disk
//   DATA_LOSS            a backup in the folder is damaged: it is left as it is, and another folder
//                        is to be taken
//   RESOURCE_EXHAUSTED   the disk is full: earlier backups are as they were
//   UNAVAILABLE, CANCELLED
absl::StatusOr<MadeBackup> MakeBackup(Store& store, const BackupSettings& settings);

struct VerifiedBackup {
  uint32_t number = 0;
  absl::Time made_at;
  uint64_t files = 0;
  uint64_t bytes = 0;
  CheckedContents contents;
  // About its files; those of what is in them are in `contents`.
  std::vector<std::string> problems;
  bool whole() const { return problems.empty() && contents.whole(); }
};

struct VerifiedFolder {
  std::vector<VerifiedBackup> backups;  // the oldest first
  std::vector<std::string> problems;    // about none of them by itself
  bool whole() const;
};

// Reads every file of the backups, or of one of them, compares it with its seal, opens each backup,
// and checks all that is in it. Changes nothing. Beside a backup that is being made, what that one
// has not finished yet, or removes meanwhile, is passed over.
//   NOT_FOUND  the folder has no backup, or not that one
//   UNAVAILABLE, CANCELLED
absl::StatusOr<VerifiedFolder> VerifyBackups(const std::string& folder,
                                             std::optional<uint32_t> number,
                                             const CheckSettings& settings);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_BACKUPS_H_
