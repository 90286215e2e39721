// The envelope of every value in the database: a byte that says what is in it, the version, the
// length, and a checksum over all of that *and the key*, so that a value that turns up under
// another key, or in another column family, is noticed. Byte by byte in FORMAT.md.
//
// The checksum is SipHash-2-4 with a fixed, public key: it finds accidents, it proves no origin.
#ifndef PASSEND_STORAGE_ENVELOPE_H_
#define PASSEND_STORAGE_ENVELOPE_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace passend::storage {

// The column families, with numbers that are frozen on disk: they are part of each checksum.
enum class Family : uint8_t { kMeta = 0, kRecord = 1, kJournal = 2, kReceipt = 3 };
inline constexpr size_t kFamilyCount = 4;

// What is in an envelope, which is its first byte, frozen on disk.
enum class Content : uint8_t {
  kPlain = 1,
  kEncrypted = 2,  // storage/record_cipher.h
};

struct Sealed {
  Version version;
  std::string content;
  Content form = Content::kPlain;
};

// The same where the content need not be kept: good for as long as the bytes that it came from.
struct SealedView {
  Version version;
  std::string_view content;
  Content form = Content::kPlain;
};

std::string Seal(Family family, std::string_view key, Version version, std::string_view content,
                 Content form = Content::kPlain);

// DATA_LOSS unless `bytes` is exactly what Seal made for this family and key.
absl::StatusOr<Sealed> Unseal(Family family, std::string_view key, std::string_view bytes);
absl::StatusOr<SealedView> UnsealView(Family family, std::string_view key, std::string_view bytes);

using Checksum = std::array<unsigned char, 8>;
Checksum ChecksumOf(std::string_view bytes);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_ENVELOPE_H_
