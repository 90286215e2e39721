// Everything that storage reads from files: any bytes are taken or refused, and what is taken is
// what would be written for it. The first byte says which decoder.
#include <cstdint>
#include <string_view>

#include "storage/envelope.h"
#include "storage/journal_codec.h"
#include "storage/key_codec.h"
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

void PeoplesKeys(std::string_view bytes) {
  if (const auto header = DecodeKeyHeader(bytes); header && header->format == kKeyStoreFormat) {
    Promise(EncodeKeyHeader(header->header) == bytes, "a header of keys is written in one way");
  }
  const auto slot = DecodeKeySlot(bytes);
  if (slot && slot->state != SlotState::kFree) {  // that one is zeros
    Promise(EncodeKeySlot(*slot) == bytes, "a slot of keys is written in one way");
  }
}

}  // namespace
}  // namespace passend::storage

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
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
      break;
    default:
      passend::storage::PeoplesKeys(bytes);
  }
  return 0;
}
