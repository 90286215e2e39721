#include "storage/record_reader.h"

#include "storage/batch_check.h"
#include "storage/key_codec.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

absl::Status ScanDecrypted(const Database& database, const RecordCipher* cipher,
                           const ScanRange& range, const rocksdb::Snapshot* snapshot,
                           Database::Amount amount,
                           const std::function<bool(const RecordView&)>& visit) {
  Decrypter decrypter(cipher);
  return database.Scan(
      Family::kRecord, RangeOf(range), snapshot,
      [&](std::string_view bytes, const SealedView& sealed) -> absl::StatusOr<bool> {
        const std::optional<KeyView> key = DecodeRecordKeyView(bytes);
        if (!key) return Damaged("a record", "its key is too short");
        const absl::StatusOr<std::optional<std::string_view>> value =
            decrypter.Read(key->kind, key->id, sealed);
        if (!value.ok()) return value.status();
        return !*value || visit({key->kind, key->id, sealed.version, **value});
      },
      amount);
}

}  // namespace

absl::StatusOr<std::vector<std::optional<Record>>> ReadRecords(const Database& database,
                                                               const RecordCipher* cipher,
                                                               const std::vector<Key>& keys,
                                                               const rocksdb::Snapshot* snapshot) {
  Decrypter decrypter(cipher);
  std::vector<std::optional<Record>> records;
  records.reserve(keys.size());
  for (const Key& key : keys) {
    if (absl::Status status = CheckKey(key); !status.ok()) return status;
    const absl::StatusOr<std::optional<Sealed>> sealed =
        database.Get(Family::kRecord, EncodeRecordKey(key), snapshot);
    if (!sealed.ok()) return sealed.status();
    std::optional<Record>& record = records.emplace_back();
    if (!*sealed) continue;
    const absl::StatusOr<std::optional<std::string_view>> value =
        decrypter.Read(key.kind, key.id, {(*sealed)->version, (*sealed)->content, (*sealed)->form});
    if (!value.ok()) return value.status();
    if (*value) record = Record{key, (*sealed)->version, std::string(**value)};
  }
  return records;
}

absl::Status ScanRecords(const Database& database, const RecordCipher* cipher,
                         const ScanRange& range, const rocksdb::Snapshot* snapshot,
                         const std::function<bool(Record)>& visit) {
  return ScanDecrypted(
      database, cipher, range, snapshot, Database::Amount::kLittle, [&](const RecordView& record) {
        return visit(
            {{record.kind, std::string(record.id)}, record.version, std::string(record.value)});
      });
}

absl::Status ScanRecordViews(const Database& database, const RecordCipher* cipher,
                             const ScanRange& range, const rocksdb::Snapshot* snapshot,
                             const std::function<bool(const RecordView&)>& visit) {
  return ScanDecrypted(database, cipher, range, snapshot, Database::Amount::kMuch, visit);
}

}  // namespace passend::storage
