// What the store keeps about itself: four values in the default column family. See FORMAT.md.
#ifndef PASSEND_STORAGE_META_CODEC_H_
#define PASSEND_STORAGE_META_CODEC_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/journal_codec.h"

namespace passend::storage {

// The database's format. Raised when an older Passend could no longer read what is written.
inline constexpr uint32_t kDatabaseFormat = 1;

// One byte each, frozen on disk.
inline constexpr std::string_view kFormatKey = "\x01";
inline constexpr std::string_view kHeadKey = "\x02";
inline constexpr std::string_view kFloorKey = "\x03";
inline constexpr std::string_view kEpochKey = "\x04";

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

// A receipt's version is its commit's sequence, in the envelope.
std::string EncodeReceipt(const Idempotency& idempotency);
absl::StatusOr<Receipt> DecodeReceipt(Sequence sequence, std::string_view content);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_META_CODEC_H_
