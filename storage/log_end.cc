#include "storage/log_end.h"

#include <algorithm>
#include <array>
#include <optional>

namespace passend::storage {
namespace {

constexpr size_t kBlockBytes = 32'768;
constexpr size_t kHeaderBytes = 7;
constexpr uint8_t kWholeEntry = 1;
constexpr uint8_t kFirstPart = 2;
constexpr uint8_t kMiddlePart = 3;
constexpr uint8_t kLastPart = 4;

constexpr std::array<uint32_t, 256> MakeCrcTable() {
  std::array<uint32_t, 256> table{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78u : 0u);
    table[byte] = crc;
  }
  return table;
}

uint32_t MaskedCrc32c(std::string_view bytes) {
  static constexpr std::array<uint32_t, 256> kTable = MakeCrcTable();
  uint32_t crc = 0xFFFFFFFFu;
  for (const char byte : bytes) crc = (crc >> 8) ^ kTable[(crc ^ static_cast<uint8_t>(byte)) & 255];
  crc = ~crc;
  return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
}

uint32_t ByteAt(std::string_view log, size_t at) { return static_cast<uint8_t>(log[at]); }

struct Part {
  uint8_t type;
  size_t end;
};

// The part of an entry that begins there, if its checksum is right.
std::optional<Part> PartAt(std::string_view log, size_t at) {
  const size_t block_end = std::min(log.size(), (at / kBlockBytes + 1) * kBlockBytes);
  if (at + kHeaderBytes > block_end) return std::nullopt;
  const auto type = static_cast<uint8_t>(ByteAt(log, at + 6));
  if (type < kWholeEntry || type > kLastPart) return std::nullopt;
  const size_t size = ByteAt(log, at + 4) | ByteAt(log, at + 5) << 8;
  const size_t end = at + kHeaderBytes + size;
  if (end > block_end) return std::nullopt;
  const uint32_t crc = ByteAt(log, at) | ByteAt(log, at + 1) << 8 | ByteAt(log, at + 2) << 16 |
                       ByteAt(log, at + 3) << 24;
  if (crc != MaskedCrc32c(log.substr(at + 6, 1 + size))) return std::nullopt;
  return Part{type, end};
}

// Wherever they are: where one entry cannot be read, it is not known where the next one begins.
uint64_t EntriesBeginningFrom(std::string_view log, size_t at) {
  uint64_t count = 0;
  while (at + kHeaderBytes <= log.size()) {
    const uint32_t type = ByteAt(log, at + 6);
    const bool may_begin = type == kWholeEntry || type == kFirstPart;
    const std::optional<Part> part = may_begin ? PartAt(log, at) : std::nullopt;
    at = part ? part->end : at + 1;
    if (part) ++count;
  }
  return count;
}

bool AllZero(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == '\0'; });
}

}  // namespace

LogEnd FindLogEnd(std::string_view log) {
  LogEnd found;
  bool within = false;  // an entry of which the last part is still to come
  for (size_t at = 0; at < log.size();) {
    const size_t left = kBlockBytes - at % kBlockBytes;
    if (left < kHeaderBytes) {
      at += left;
      continue;
    }
    const std::optional<Part> part = PartAt(log, at);
    const bool begins = part && (part->type == kWholeEntry || part->type == kFirstPart);
    if (!part || begins == within) {
      if (AllZero(log.substr(at))) break;
      found.torn = true;
      // The part that cannot be read may itself be what looks like a beginning.
      found.behind = EntriesBeginningFrom(log, part ? at : at + 1);
      return found;
    }
    at = part->end;
    within = part->type == kFirstPart || part->type == kMiddlePart;
    if (within) continue;
    found.has_entry = true;
    found.end = at;
  }
  return found;
}

}  // namespace passend::storage
