// Everything that storage reads from files: any bytes are taken or refused, and what is taken is
// what would be written for it. The first byte says which decoder.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/envelope.h"
#include "storage/journal_codec.h"
#include "storage/key_codec.h"
#include "storage/log_end.h"
#include "storage/meta_codec.h"
#include "storage/person_key_codec.h"
#include "tests/fuzz/fuzz_check.h"

namespace passend::storage {
namespace {

using fuzz::Promise;

void Keys(std::string_view bytes) {
  const auto key = DecodeRecordKey(bytes);
  if (key) Promise(EncodeRecordKey(*key) == bytes, "a key is written in one way");
  const auto view = DecodeRecordKeyView(bytes);
  Promise(key.has_value() == view.has_value(), "both readers of keys take the same");
  if (view) Promise(view->kind == key->kind && view->id == key->id, "and read the same");
  if (const auto sequence = DecodeJournalKey(bytes)) {
    Promise(EncodeJournalKey(*sequence) == bytes, "a key of the journal is written in one way");
  }
}

void Journal(std::string_view bytes) {
  const auto parts = SplitEntry(bytes);
  const auto entry = DecodeEntry(7, bytes);
  if (!entry.ok()) return;
  Promise(parts.ok(), "an entry that is read can be split");
  Promise(EncodeEntry(parts->chain, parts->body) == bytes, "and put together again");
  Promise(entry->entry.sequence == 7, "it has the number that it was asked for");
  Promise(entry->chain == parts->chain, "and the chain that it says");
}

void Meta(std::string_view bytes) {
  if (const auto format = DecodeFormat(bytes); format.ok()) {
    Promise(EncodeFormat(*format) == bytes, "a format is written in one way");
  }
  if (const auto mark = DecodeMark(bytes); mark.ok()) {
    Promise(EncodeMark(*mark) == bytes, "a mark is written in one way");
  }
  if (const auto floor = DecodeFloor(bytes); floor.ok()) {
    Promise(EncodeFloor(*floor) == bytes, "a floor is written in one way");
  }
  if (const auto epoch = DecodeEpoch(bytes); epoch.ok()) {
    Promise(EncodeEpoch(*epoch) == bytes, "an epoch is written in one way");
  }
  if (const auto encryption = DecodeEncryption(bytes); encryption.ok()) {
    Promise(EncodeEncryption(*encryption) == bytes, "encryption is written in one way");
  }
}

void Receipts(std::string_view bytes) {
  const auto receipt = DecodeReceipt(9, bytes);
  if (!receipt.ok()) return;
  Promise(EncodeReceipt({"request", receipt->fingerprint, receipt->response}) == bytes,
          "a receipt is written in one way");
}

void Envelopes(std::string_view bytes) {
  const auto sealed = Unseal(Family::kRecord, "key", bytes);
  const auto view = UnsealView(Family::kRecord, "key", bytes);
  Promise(sealed.ok() == view.ok(), "both readers of envelopes take the same");
  if (!sealed.ok()) return;
  Promise(Seal(Family::kRecord, "key", sealed->version, sealed->content, sealed->form) == bytes,
          "an envelope is written in one way");
  Promise(!Unseal(Family::kRecord, "kex", bytes).ok(), "and is of its key alone");
}

// What a fuzzer cannot find, because of the checksum.
void SealedEnvelopes(std::string_view content) {
  const std::string envelope = Seal(Family::kRecord, "key", 7, content, Content::kPlain);
  const auto sealed = Unseal(Family::kRecord, "key", envelope);
  Promise(sealed.ok() && sealed->content == content, "what is sealed can be read");
  Envelopes(envelope);
}

void PeoplesKeys(std::string_view bytes) {
  if (const auto header = DecodeKeyHeader(bytes); header && header->format == kKeyStoreFormat) {
    Promise(EncodeKeyHeader(header->header) == bytes, "a header of keys is written in one way");
  }
  const auto slot = DecodeKeySlot(bytes);
  if (slot && slot->state != SlotState::kFree) {  // that one is zeros
    Promise(EncodeKeySlot(*slot) == bytes, "a slot of keys is written in one way");
  }
}

uint32_t MaskedCrc32c(std::string_view bytes) {
  uint32_t crc = ~uint32_t{0};
  for (const char byte : bytes) {
    crc ^= static_cast<uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82F63B78u : 0);
  }
  crc = ~crc;
  return (crc >> 15 | crc << 17) + 0xA282EAD8u;
}

// A log of RocksDB's out of parts that begin with their type and their size, each with the checksum
// that nobody guesses; a type with the highest bit is as it is without it, and the checksum wrong.
std::string LogOf(std::string_view parts) {
  std::string log;
  while (parts.size() >= 2) {
    const bool wrong = (parts[0] & 0x80) != 0;
    const char type = static_cast<char>(parts[0] & 0x7f);
    const size_t size = std::min<size_t>(static_cast<uint8_t>(parts[1]), parts.size() - 2);
    const std::string typed = type + std::string(parts.substr(2, size));
    parts.remove_prefix(2 + size);
    const uint32_t crc = MaskedCrc32c(typed) ^ static_cast<uint32_t>(wrong);
    for (int shift = 0; shift < 32; shift += 8) log += static_cast<char>(crc >> shift);
    log += static_cast<char>(size);
    log += '\0';
    log += typed;
  }
  return log + std::string(parts);
}

void Logs(std::string_view bytes) {
  for (const std::string& log : {std::string(bytes), LogOf(bytes)}) {
    const LogEnd found = FindLogEnd(log);
    Promise(found.end <= log.size(), "a log ends in the log");
    const std::string_view whole = std::string_view(log).substr(0, found.end);
    const LogEnd cut = FindLogEnd(whole);
    Promise(!cut.torn && cut.behind == 0, "what is cut off where it ends is whole");
    Promise(cut.end == found.end && cut.has_entry == found.has_entry, "and has the same entries");
    const LogEnd more = FindLogEnd(std::string(whole) + LogOf(std::string_view("\1\1x", 3)));
    Promise(!more.torn && more.end > found.end, "and can be written on");
  }
}

}  // namespace
}  // namespace passend::storage

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 7) {
    case 0:
      passend::storage::Keys(bytes);
      break;
    case 1:
      passend::storage::Journal(bytes);
      break;
    case 2:
      passend::storage::Meta(bytes);
      break;
    case 3:
      passend::storage::Receipts(bytes);
      break;
    case 4:
      passend::storage::Envelopes(bytes);
      passend::storage::SealedEnvelopes(bytes);
      break;
    case 5:
      passend::storage::PeoplesKeys(bytes);
      break;
    default:
      passend::storage::Logs(bytes);
  }
  return 0;
}
