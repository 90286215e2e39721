// What is done to the files of a server that does not run: its backups verified and restored, its
// data read.
#ifndef PASSEND_SERVICE_ADMIN_OFFLINE_H_
#define PASSEND_SERVICE_ADMIN_OFFLINE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/backup/backups.h"
#include "storage/backup/long_work.h"
#include "storage/backup/restore.h"
#include "storage/backup/scrub.h"
#include "storage/person_keys.h"

namespace passend::service {

struct KeyFiles {
  std::string master_key_file;  // empty: no keys
  std::string key_folder;
};

// People's keys; null where no master key file is given. INVALID_ARGUMENT where only the folder is;
// errors of MasterKeyFile::Load and PersonKeys::Open: where a server has them open,
// FAILED_PRECONDITION.
absl::StatusOr<std::shared_ptr<storage::PersonKeys>> OpenKeys(const KeyFiles& files);

absl::StatusOr<storage::VerifiedFolder> VerifyOffline(const std::string& folder,
                                                      std::optional<uint32_t> number,
                                                      const KeyFiles& keys,
                                                      const storage::LongWork& work);

absl::StatusOr<storage::RestoredBackup> RestoreOffline(
    const std::string& folder, std::optional<uint32_t> number, const std::string& target,
    const KeyFiles& keys, const std::function<absl::Time()>& now, const storage::LongWork& work);

absl::StatusOr<storage::CheckedContents> ScrubOffline(const std::string& data, const KeyFiles& keys,
                                                      const storage::LongWork& work);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ADMIN_OFFLINE_H_
