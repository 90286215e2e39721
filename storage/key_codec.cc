#include "storage/key_codec.h"

#include <algorithm>

#include "storage/byte_codec.h"

namespace passend::storage {
namespace {

// The smallest string greater than all that start with `prefix`; empty if there is none.
std::string EndOfPrefix(std::string prefix) {
  while (!prefix.empty() && static_cast<uint8_t>(prefix.back()) == 0xff) prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<uint8_t>(prefix.back()) + 1);
  return prefix;
}

}  // namespace

std::string EncodeRecordKey(const Key& key) {
  std::string bytes;
  bytes.reserve(1 + key.id.size());
  AppendNumber(bytes, static_cast<uint8_t>(key.kind));
  bytes.append(key.id);
  return bytes;
}

std::optional<Key> DecodeRecordKey(std::string_view bytes) {
  const std::optional<KeyView> key = DecodeRecordKeyView(bytes);
  if (!key) return std::nullopt;
  return Key{key->kind, std::string(key->id)};
}

std::optional<KeyView> DecodeRecordKeyView(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  return KeyView{static_cast<RecordKind>(static_cast<uint8_t>(bytes.front())), bytes.substr(1)};
}

std::string EncodeJournalKey(Sequence sequence) {
  std::string bytes;
  AppendNumber(bytes, sequence);
  return bytes;
}

std::optional<Sequence> DecodeJournalKey(std::string_view bytes) {
  if (bytes.size() != sizeof(Sequence)) return std::nullopt;
  return ByteReader(bytes).TakeNumber<Sequence>();
}

KeyRange RangeOf(const ScanRange& range) {
  const std::string prefix = EncodeRecordKey({range.kind, range.prefix});
  // A zero byte more is the next possible key.
  std::string first = range.after < range.prefix
                          ? prefix
                          : EncodeRecordKey({range.kind, range.after}).append(1, '\0');
  // The empty prefix and the empty `after`: the bare kind is below every id.
  std::string end = EndOfPrefix(prefix);
  if (!range.until.empty()) {
    end = std::min(end, EncodeRecordKey({range.kind, range.until}).append(1, '\0'));
  }
  return {std::move(first), std::move(end)};
}

}  // namespace passend::storage
