// Reading and copying whole files with the digest of what was read.
#ifndef PASSEND_STORAGE_BACKUP_FILE_DIGEST_H_
#define PASSEND_STORAGE_BACKUP_FILE_DIGEST_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/backup/long_work.h"

namespace passend::storage {

struct FileDigest {
  uint64_t bytes = 0;
  std::string digest;  // 64 hexadecimal digits: BLAKE2b-256
};

// NOT_FOUND where there is no such file; UNAVAILABLE; CANCELLED by `work`, which hears of the
// bytes.
absl::StatusOr<FileDigest> DigestFile(const std::string& path, WorkDone& work);

// Copies the file durably; `to` is replaced. The digest is of what was read. Errors as above;
// RESOURCE_EXHAUSTED on a full disk.
absl::StatusOr<FileDigest> CopyWithDigest(const std::string& from, const std::string& to,
                                          WorkDone& work);

// Writes a file durably, whole or not at all; what was there is replaced.
absl::Status WriteWhole(const std::string& path, const std::string& text);

// Errors as DigestFile. At most 64 MiB are read.
absl::StatusOr<std::string> ReadWhole(const std::string& path);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_FILE_DIGEST_H_
