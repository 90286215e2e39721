// The keys of the database, and the bounds of ranges of them. See FORMAT.md.
#ifndef PASSEND_STORAGE_KEY_CODEC_H_
#define PASSEND_STORAGE_KEY_CODEC_H_

#include <optional>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace passend::storage {

// A record's key: the kind, then the id. Sorts as Key does.
std::string EncodeRecordKey(const Key& key);
// nullopt when `bytes` is no record key.
std::optional<Key> DecodeRecordKey(std::string_view bytes);
// The same without a copy.
struct KeyView {
  RecordKind kind;
  std::string_view id;
};
std::optional<KeyView> DecodeRecordKeyView(std::string_view bytes);

// A journal entry's key: sorts as its sequence does.
std::string EncodeJournalKey(Sequence sequence);
std::optional<Sequence> DecodeJournalKey(std::string_view bytes);

// From `first` to just before `end`; an empty `end` is the end of the column family.
struct KeyRange {
  std::string first;
  std::string end;
};
KeyRange RangeOf(const ScanRange& range);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_KEY_CODEC_H_
