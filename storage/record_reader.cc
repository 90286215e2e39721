#include "storage/record_reader.h"

#include "storage/batch_check.h"
#include "storage/key_codec.h"
#include "storage/store_errors.h"

namespace passend::storage {

absl::StatusOr<std::vector<std::optional<Record>>> ReadRecords(const Database& database,
                                                               const std::vector<Key>& keys,
                                                               const rocksdb::Snapshot* snapshot) {
  std::vector<std::optional<Record>> records;
  records.reserve(keys.size());
  for (const Key& key : keys) {
    if (absl::Status status = CheckKey(key); !status.ok()) return status;
    absl::StatusOr<std::optional<Sealed>> sealed =
        database.Get(Family::kRecord, EncodeRecordKey(key), snapshot);
    if (!sealed.ok()) return sealed.status();
    if (*sealed) {
      records.push_back(Record{key, (*sealed)->version, std::move((*sealed)->content)});
    } else {
      records.push_back(std::nullopt);
    }
  }
  return records;
}

absl::Status ScanRecords(const Database& database, const ScanRange& range,
                         const rocksdb::Snapshot* snapshot,
                         const std::function<bool(Record)>& visit) {
  return database.Scan(
      Family::kRecord, RangeOf(range), snapshot,
      [&](std::string_view bytes, const SealedView& sealed) -> absl::StatusOr<bool> {
        std::optional<Key> key = DecodeRecordKey(bytes);
        if (!key) return Damaged("a record", "its key is too short");
        return visit({*std::move(key), sealed.version, std::string(sealed.content)});
      });
}

absl::Status ScanRecordViews(const Database& database, const ScanRange& range,
                             const rocksdb::Snapshot* snapshot,
                             const std::function<bool(const RecordView&)>& visit) {
  return database.Scan(
      Family::kRecord, RangeOf(range), snapshot,
      [&](std::string_view bytes, const SealedView& sealed) -> absl::StatusOr<bool> {
        const std::optional<KeyView> key = DecodeRecordKeyView(bytes);
        if (!key) return Damaged("a record", "its key is too short");
        return visit({key->kind, key->id, sealed.version, sealed.content});
      },
      Database::Amount::kMuch);
}

}  // namespace passend::storage
