// A folder of backups: what is where in it, and what it has. The engine keeps the files, and a list
// of those of each backup; the seals are ours.
//
//     <folder>/seals/3            the seal of backup 3 (storage/backup/seal.h)
//     <folder>/meta/3             the engine's list of its files
//     <folder>/private/3/         files that it alone has
//     <folder>/shared_checksum/   files that several have
//     <folder>/lock               held by who makes one
#ifndef PASSEND_STORAGE_BACKUP_BACKUP_FOLDER_H_
#define PASSEND_STORAGE_BACKUP_BACKUP_FOLDER_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/backup/long_work.h"
#include "storage/backup/seal.h"

namespace passend::storage {

std::string SealPath(const std::string& folder, uint32_t number);

// The engine's list of the files of a backup, from the folder on.
std::string MetaPath(uint32_t number);

// What a file of a backup is called in a database: `000012.sst` for
// `shared_checksum/000012_sABC_4096.sst`.
std::string DatabaseNameOf(const std::string& path);

// Numbers of the backups that have a seal, in order. UNAVAILABLE; none where there is no folder.
absl::StatusOr<std::vector<uint32_t>> SealedNumbers(const std::string& folder);

// Numbers of those that the engine has a list for.
absl::StatusOr<std::vector<uint32_t>> ListedNumbers(const std::string& folder);

// NOT_FOUND; DATA_LOSS where it is damaged or is another backup's; FAILED_PRECONDITION for a newer
// Passend's.
absl::StatusOr<BackupSeal> ReadSeal(const std::string& folder, uint32_t number);

// When the newest backup that has a seal was made; InfinitePast where there is none. Errors as
// SealedNumbers and ReadSeal.
absl::StatusOr<absl::Time> NewestBackupTime(const std::string& folder);

// OK where backups can be written into the folder, which is made where there is none: a file is
// made in it, and removed. RESOURCE_EXHAUSTED, UNAVAILABLE.
absl::Status TryBackupFolder(const std::string& folder);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_BACKUP_FOLDER_H_
