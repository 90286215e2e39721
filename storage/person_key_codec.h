// The bytes of the key store's file; see FORMAT.md. A header page, then slots of 128 bytes, one a
// person: 128 divides a disk's sector, so a slot is written as a whole or not at all.
#ifndef PASSEND_STORAGE_PERSON_KEY_CODEC_H_
#define PASSEND_STORAGE_PERSON_KEY_CODEC_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/key_wrapper.h"

namespace passend::storage {

inline constexpr size_t kKeyHeaderBytes = 4'096;
inline constexpr size_t kKeySlotBytes = 128;

// Which key store it is, drawn at random when it is made. The database that it serves knows it.
using KeyStoreId = std::array<char, 16>;

// What a person is called in the file: SipHash-2-4-128 of their id under the file's naming key.
using PersonName = std::array<char, 16>;
using NamingKey = std::array<char, 16>;
PersonName NameOfPerson(const NamingKey& key, std::string_view person);

struct KeyHeader {
  KeyStoreId id{};
  NamingKey naming_key{};
  WrappedKey
      ring_key;  // the key that the people's keys are wrapped with, wrapped by the master key
};
std::string EncodeKeyHeader(const KeyHeader& header);
// nullopt when it is damaged. A format that is not known is no damage: `format` tells.
struct DecodedKeyHeader {
  uint32_t format = 0;
  KeyHeader header;  // of format 1 only
};
std::optional<DecodedKeyHeader> DecodeKeyHeader(std::string_view bytes);
inline constexpr uint32_t kKeyStoreFormat = 1;

// The numbers are frozen on disk.
enum class SlotState : uint8_t { kFree = 0, kLive = 1, kDestroyed = 2 };

inline constexpr size_t kWrappedPersonKeyBytes = kSecretKeyBytes + kCipherOverheadBytes;

struct KeySlot {
  SlotState state = SlotState::kFree;
  PersonName name{};
  std::string_view wrapped;  // kWrappedPersonKeyBytes; of a destroyed key: random bytes
};
std::string EncodeKeySlot(const KeySlot& slot);
// A view into `bytes`. A slot of zeros is free; nullopt when it is damaged.
std::optional<KeySlot> DecodeKeySlot(std::string_view bytes);
// The same without the check, for bytes that passed it.
KeySlot TrustedKeySlot(std::string_view bytes);

// What a person's key is bound to when it is wrapped.
std::string BoundToPerson(const PersonName& name);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_PERSON_KEY_CODEC_H_
