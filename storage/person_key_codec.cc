#include "storage/person_key_codec.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "storage/byte_codec.h"
#include "storage/envelope.h"

namespace passend::storage {
namespace {

constexpr std::string_view kMagic = "PSDKEYS1";
constexpr size_t kStateBytes = 8;  // the state, and seven zeros
constexpr size_t kNameAt = kStateBytes;
constexpr size_t kWrappedAt = kNameAt + sizeof(PersonName);
constexpr size_t kSlotChecksumAt = kKeySlotBytes - sizeof(Checksum);
static_assert(kWrappedAt + kWrappedPersonKeyBytes <= kSlotChecksumAt);
static_assert(sizeof(PersonName) == crypto_shorthash_siphashx24_BYTES);
static_assert(sizeof(NamingKey) == crypto_shorthash_siphashx24_KEYBYTES);

void AppendChecksum(std::string& bytes) {
  const Checksum checksum = ChecksumOf(bytes);
  bytes.append(reinterpret_cast<const char*>(checksum.data()), checksum.size());
}

bool ChecksumFits(std::string_view bytes) {
  const size_t at = bytes.size() - sizeof(Checksum);
  return std::memcmp(ChecksumOf(bytes.substr(0, at)).data(), bytes.data() + at, sizeof(Checksum)) ==
         0;
}

template <size_t kSize>
std::array<char, kSize> ArrayOf(std::string_view bytes) {
  std::array<char, kSize> array;
  std::copy_n(bytes.begin(), kSize, array.begin());
  return array;
}

}  // namespace

PersonName NameOfPerson(const NamingKey& key, std::string_view person) {
  PersonName name;
  crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(name.data()),
                              reinterpret_cast<const unsigned char*>(person.data()), person.size(),
                              reinterpret_cast<const unsigned char*>(key.data()));
  return name;
}

std::string EncodeKeyHeader(const KeyHeader& header) {
  std::string bytes(kMagic);
  AppendNumber(bytes, kKeyStoreFormat);
  bytes.append(header.id.data(), header.id.size());
  bytes.append(header.naming_key.data(), header.naming_key.size());
  AppendBytes<uint16_t>(bytes, header.ring_key.master_id);
  AppendBytes<uint16_t>(bytes, header.ring_key.bytes);
  bytes.resize(kKeyHeaderBytes - sizeof(Checksum), '\0');
  AppendChecksum(bytes);
  return bytes;
}

std::optional<DecodedKeyHeader> DecodeKeyHeader(std::string_view bytes) {
  if (bytes.size() < kKeyHeaderBytes) return std::nullopt;
  bytes = bytes.substr(0, kKeyHeaderBytes);
  if (!bytes.starts_with(kMagic) || !ChecksumFits(bytes)) return std::nullopt;
  ByteReader reader(bytes.substr(kMagic.size()));
  DecodedKeyHeader decoded;
  decoded.format = *reader.TakeNumber<uint32_t>();
  if (decoded.format != kKeyStoreFormat) return decoded;
  const auto id = reader.Take(sizeof(KeyStoreId));
  const auto naming_key = reader.Take(sizeof(NamingKey));
  const auto master_id = reader.TakeBytes<uint16_t>();
  if (!master_id) return std::nullopt;
  const auto wrapped = reader.TakeBytes<uint16_t>();
  if (!wrapped) return std::nullopt;
  decoded.header = {ArrayOf<sizeof(KeyStoreId)>(*id),
                    ArrayOf<sizeof(NamingKey)>(*naming_key),
                    {std::string(*master_id), std::string(*wrapped)}};
  return decoded;
}

std::string EncodeKeySlot(const KeySlot& slot) {
  std::string bytes;
  bytes.reserve(kKeySlotBytes);
  bytes.push_back(static_cast<char>(slot.state));
  bytes.resize(kStateBytes, '\0');
  bytes.append(slot.name.data(), slot.name.size());
  bytes.append(slot.wrapped);
  bytes.resize(kSlotChecksumAt, '\0');
  AppendChecksum(bytes);
  return bytes;
}

std::optional<KeySlot> DecodeKeySlot(std::string_view bytes) {
  if (bytes.size() != kKeySlotBytes) return std::nullopt;
  const KeySlot slot = TrustedKeySlot(bytes);
  if (slot.state == SlotState::kFree) {
    const bool zero = std::ranges::all_of(bytes, [](char byte) { return byte == 0; });
    return zero ? std::optional(slot) : std::nullopt;
  }
  if (slot.state != SlotState::kLive && slot.state != SlotState::kDestroyed) return std::nullopt;
  if (!ChecksumFits(bytes.substr(0, kKeySlotBytes))) return std::nullopt;
  return slot;
}

KeySlot TrustedKeySlot(std::string_view bytes) {
  return {static_cast<SlotState>(bytes[0]), ArrayOf<sizeof(PersonName)>(bytes.substr(kNameAt)),
          bytes.substr(kWrappedAt, kWrappedPersonKeyBytes)};
}

std::string BoundToPerson(const PersonName& name) {
  std::string bound = "passend person key 1 ";
  bound.append(name.data(), name.size());
  return bound;
}

}  // namespace passend::storage
