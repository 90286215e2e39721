// The seal of a backup: what it has and which bytes each of its files must have. A backup without a
// seal is unfinished; one whose files are not those of its seal is damaged.
//
// A seal is text, a fact a line, and ends with the digest of everything before it:
//
//     passend-backup 1
//     number 3
//     made 2026-11-22T01:30:00Z
//     format 2
//     commit 120 <64 hexadecimal digits: the journal's chain up to there>
//     keys <32 hexadecimal digits: the id of the key store, or "none">
//     engine <the engine's name for the database>
//     files 2
//     <64 hexadecimal digits: BLAKE2b-256> 4096 private/3/MANIFEST-000005
//     <...>
//     seal <64 hexadecimal digits: BLAKE2b-256 of all lines before>
#ifndef PASSEND_STORAGE_BACKUP_SEAL_H_
#define PASSEND_STORAGE_BACKUP_SEAL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/store.h"

namespace passend::storage {

inline constexpr uint32_t kSealFormat = 1;

struct SealedFile {
  std::string path;  // from the backups' folder on
  uint64_t bytes = 0;
  std::string digest;  // 64 hexadecimal digits
  friend bool operator==(const SealedFile&, const SealedFile&) = default;
};

struct BackupSeal {
  uint32_t number = 0;
  absl::Time made_at;  // whole seconds
  uint32_t database_format = 0;
  ChainPoint head;     // the last commit that it has
  std::string keys;    // with which people's keys its records are encrypted; empty: they are not
  std::string engine;  // without blanks
  std::vector<SealedFile> files;

  uint64_t bytes() const;
};

std::string EncodeSeal(const BackupSeal& seal);

// DATA_LOSS unless `text` is exactly what EncodeSeal made; FAILED_PRECONDITION for a seal of a
// newer Passend.
absl::StatusOr<BackupSeal> DecodeSeal(std::string_view text);

// 64 hexadecimal digits: BLAKE2b-256.
std::string DigestOfText(std::string_view text);

// Lower-case hexadecimal digits, two a byte.
std::string ToHex(std::string_view bytes);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_SEAL_H_
