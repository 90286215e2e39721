// What the store keeps about itself: five values in the default column family. See FORMAT.md.
#ifndef PASSEND_STORAGE_META_CODEC_H_
#define PASSEND_STORAGE_META_CODEC_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/journal_codec.h"
#include "storage/person_key_codec.h"

namespace passend::storage {

// The database's format. Raised when an older Passend could no longer read what is written.
inline constexpr uint32_t kPlainFormat = 1;
inline constexpr uint32_t kEncryptedFormat = 2;  // people's records are, or are being, encrypted
inline constexpr uint32_t kDatabaseFormat = kEncryptedFormat;  // the highest that can be read

// One byte each, frozen on disk.
inline constexpr std::string_view kFormatKey = "\x01";
inline constexpr std::string_view kHeadKey = "\x02";
inline constexpr std::string_view kFloorKey = "\x03";
inline constexpr std::string_view kEpochKey = "\x04";
inline constexpr std::string_view kEncryptionKey = "\x05";

// The format record has no envelope: it must be legible to every Passend there will ever be.
std::string EncodeFormat(uint32_t format);
absl::StatusOr<uint32_t> DecodeFormat(std::string_view bytes);

// The journal's head: the last commit.
std::string EncodeMark(const JournalMark& mark);
absl::StatusOr<JournalMark> DecodeMark(std::string_view content);

// Where the journal begins.
struct JournalFloor {
  JournalMark compacted;  // entries up to and including this one are gone for readers
  Sequence swept = 0;     // and have been deleted up to and including this one
};
std::string EncodeFloor(const JournalFloor& floor);
absl::StatusOr<JournalFloor> DecodeFloor(std::string_view content);

std::string EncodeEpoch(uint64_t epoch);
absl::StatusOr<uint64_t> DecodeEpoch(std::string_view content);

// How people's records are encrypted; there from kEncryptedFormat on.
struct Encryption {
  KeyStoreId keys{};      // with the keys of which store
  bool complete = false;  // all of them are, and nothing is left of what was there before
};
std::string EncodeEncryption(const Encryption& encryption);
absl::StatusOr<Encryption> DecodeEncryption(std::string_view content);

// A receipt's version is its commit's sequence, in the envelope.
std::string EncodeReceipt(const Idempotency& idempotency);
absl::StatusOr<Receipt> DecodeReceipt(Sequence sequence, std::string_view content);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_META_CODEC_H_
