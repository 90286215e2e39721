#include "storage/envelope.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "storage/byte_codec.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

// Fixed for format 1.
constexpr unsigned char kChecksumKey[crypto_shorthash_KEYBYTES + 1] = "passend-format-1";
static_assert(sizeof(Checksum) == crypto_shorthash_BYTES);

std::string_view FamilyName(Family family) {
  switch (family) {
    case Family::kMeta:
      return "a store's own value";
    case Family::kRecord:
      return "a record";
    case Family::kJournal:
      return "a journal entry";
    case Family::kReceipt:
      return "a receipt";
  }
  return "a value";
}

// Records are shorter than this, as a rule: their checksums need no memory from the heap.
constexpr size_t kShortBytes = 1'024;

// Over the family, the key with its length, and the envelope up to the checksum.
Checksum BoundChecksum(Family family, std::string_view key, std::string_view envelope) {
  constexpr size_t kBeforeKey = 1 + sizeof(uint32_t);
  const size_t bytes = kBeforeKey + key.size() + envelope.size();
  std::array<char, kShortBytes> few;
  std::string many;
  if (bytes > few.size()) many.resize(bytes);
  char* const bound = bytes > few.size() ? many.data() : few.data();
  bound[0] = static_cast<char>(family);
  for (size_t byte = 0; byte < sizeof(uint32_t); ++byte) {
    bound[1 + byte] = static_cast<char>(key.size() >> (24 - 8 * byte) & 0xff);
  }
  std::copy(key.begin(), key.end(), bound + kBeforeKey);
  std::copy(envelope.begin(), envelope.end(), bound + kBeforeKey + key.size());
  return ChecksumOf({bound, bytes});
}

}  // namespace

Checksum ChecksumOf(std::string_view bytes) {
  Checksum checksum;
  crypto_shorthash(checksum.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size(), kChecksumKey);
  return checksum;
}

std::string Seal(Family family, std::string_view key, Version version, std::string_view content,
                 Content form) {
  std::string envelope;
  constexpr size_t kOverhead = 1 + sizeof(Version) + sizeof(uint32_t) + sizeof(Checksum);
  envelope.reserve(content.size() + kOverhead);
  AppendNumber(envelope, static_cast<uint8_t>(form));
  AppendNumber(envelope, version);
  AppendBytes<uint32_t>(envelope, content);
  const Checksum checksum = BoundChecksum(family, key, envelope);
  envelope.append(reinterpret_cast<const char*>(checksum.data()), checksum.size());
  return envelope;
}

absl::StatusOr<Sealed> Unseal(Family family, std::string_view key, std::string_view bytes) {
  const absl::StatusOr<SealedView> sealed = UnsealView(family, key, bytes);
  if (!sealed.ok()) return sealed.status();
  return Sealed{sealed->version, std::string(sealed->content), sealed->form};
}

absl::StatusOr<SealedView> UnsealView(Family family, std::string_view key, std::string_view bytes) {
  ByteReader reader(bytes);
  const auto format = reader.TakeNumber<uint8_t>();
  const auto version = reader.TakeNumber<Version>();
  const auto content = reader.TakeBytes<uint32_t>();
  const auto checksum = reader.Take(sizeof(Checksum));
  if (!format || !version || !content || !checksum || !reader.empty()) {
    return Damaged(FamilyName(family), "its length is wrong");
  }
  const std::string_view envelope = bytes.substr(0, bytes.size() - sizeof(Checksum));
  if (std::memcmp(BoundChecksum(family, key, envelope).data(), checksum->data(),
                  sizeof(Checksum)) != 0) {
    return Damaged(FamilyName(family), "its checksum does not fit its key and bytes");
  }
  const auto form = static_cast<Content>(*format);
  if (form != Content::kPlain && form != Content::kEncrypted) {
    return Damaged(FamilyName(family), "its format is not known");
  }
  return SealedView{*version, *content, form};
}

}  // namespace passend::storage
