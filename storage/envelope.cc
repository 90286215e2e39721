#include "storage/envelope.h"

#include <sodium.h>

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

// What the checksum covers before the envelope itself.
std::string Binding(Family family, std::string_view key, size_t envelope_bytes) {
  std::string binding;
  binding.reserve(1 + sizeof(uint32_t) + key.size() + envelope_bytes);
  AppendNumber(binding, static_cast<uint8_t>(family));
  AppendBytes<uint32_t>(binding, key);
  return binding;
}

}  // namespace

Checksum ChecksumOf(std::string_view bytes) {
  Checksum checksum;
  crypto_shorthash(checksum.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size(), kChecksumKey);
  return checksum;
}

std::string Seal(Family family, std::string_view key, Version version, std::string_view content) {
  std::string envelope;
  constexpr size_t kOverhead = 1 + sizeof(Version) + sizeof(uint32_t) + sizeof(Checksum);
  envelope.reserve(content.size() + kOverhead);
  AppendNumber(envelope, kEnvelopeFormat);
  AppendNumber(envelope, version);
  AppendBytes<uint32_t>(envelope, content);
  std::string bound = Binding(family, key, envelope.size());
  bound.append(envelope);
  const Checksum checksum = ChecksumOf(bound);
  envelope.append(reinterpret_cast<const char*>(checksum.data()), checksum.size());
  return envelope;
}

absl::StatusOr<Sealed> Unseal(Family family, std::string_view key, std::string_view bytes) {
  ByteReader reader(bytes);
  const auto format = reader.TakeNumber<uint8_t>();
  const auto version = reader.TakeNumber<Version>();
  const auto content = reader.TakeBytes<uint32_t>();
  const auto checksum = reader.Take(sizeof(Checksum));
  if (!format || !version || !content || !checksum || !reader.empty()) {
    return Damaged(FamilyName(family), "its length is wrong");
  }
  std::string bound = Binding(family, key, bytes.size());
  bound.append(bytes.substr(0, bytes.size() - sizeof(Checksum)));
  if (std::memcmp(ChecksumOf(bound).data(), checksum->data(), sizeof(Checksum)) != 0) {
    return Damaged(FamilyName(family), "its checksum does not fit its key and bytes");
  }
  if (*format != kEnvelopeFormat) return Damaged(FamilyName(family), "its format is not known");
  return Sealed{*version, std::string(*content)};
}

}  // namespace passend::storage
