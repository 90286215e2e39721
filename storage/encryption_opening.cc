#include "storage/encryption_opening.h"

#include <optional>
#include <string_view>
#include <utility>

#include "absl/time/clock.h"
#include "storage/key_codec.h"
#include "storage/key_store_errors.h"
#include "storage/meta_codec.h"
#include "storage/rocksdb_options.h"
#include "storage/store_errors.h"
#include "storage/write_health.h"

namespace passend::storage {
namespace {

constexpr RecordKind kPeoplesKinds[] = {
    RecordKind::kPassport,       RecordKind::kValidation,    RecordKind::kExposure,
    RecordKind::kValidationBook, RecordKind::kConsentBook,   RecordKind::kRevealBook,
    RecordKind::kLook,           RecordKind::kPersonHistory, RecordKind::kProposalBook,
    RecordKind::kPartnerBook,    RecordKind::kCredentialBook};
constexpr size_t kRecordsPerWrite = 1'000;
constexpr size_t kBytesPerWrite = size_t{8} << 20;
constexpr absl::Duration kStallPause = absl::Milliseconds(20);
constexpr int kStallPauses = 1'500;  // half a minute

absl::StatusOr<std::optional<Encryption>> ReadEncryption(const Database& database) {
  const absl::StatusOr<std::optional<Sealed>> note = database.Get(Family::kMeta, kEncryptionKey);
  if (!note.ok()) return note.status();
  if (!*note) return std::nullopt;
  const absl::StatusOr<Encryption> encryption = DecodeEncryption((*note)->content);
  if (!encryption.ok()) return encryption.status();
  return *encryption;
}

// Waits where the engine would rather not take more for a moment: nobody else writes yet. It would
// be for ever where it waits for merges that have no room.
absl::Status WritePatiently(const Database& database, rocksdb::WriteBatch& batch) {
  for (int pauses = 0;; ++pauses) {
    const rocksdb::Status written = database.Write(batch);
    if (written.IsNoSpace()) return DiskFull();
    if (!written.IsIncomplete() || pauses == kStallPauses) return FromRocksDb(written);
    absl::SleepFor(kStallPause);
  }
}

absl::Status WriteNote(const Database& database, const JournalMark& head,
                       const Encryption& encryption) {
  rocksdb::WriteBatch batch = MakeWriteBatch();
  batch.Put(ToSlice(kFormatKey), EncodeFormat(kEncryptedFormat));
  database.Put(batch, Family::kMeta, kEncryptionKey, head.sequence, EncodeEncryption(encryption));
  return WritePatiently(database, batch);
}

struct PlainRecord {
  Key key;
  Version version;
  std::string value;
};

// Some records of a kind that are not encrypted yet, after the id `after`.
absl::StatusOr<std::vector<PlainRecord>> ReadPlain(const Database& database, RecordKind kind,
                                                   const std::string& after) {
  std::vector<PlainRecord> some;
  size_t bytes = 0;
  const absl::Status scanned = database.Scan(
      Family::kRecord, RangeOf({kind, "", after}), nullptr,
      [&](std::string_view encoded, const SealedView& sealed) -> absl::StatusOr<bool> {
        if (sealed.form == Content::kEncrypted) return true;
        std::optional<Key> key = DecodeRecordKey(encoded);
        if (!key) return Damaged("a record", "its key is too short");
        bytes += sealed.content.size();
        some.push_back({*std::move(key), sealed.version, std::string(sealed.content)});
        return some.size() < kRecordsPerWrite && bytes < kBytesPerWrite;
      },
      Database::Amount::kMuch);
  if (!scanned.ok()) return scanned;
  return some;
}

absl::Status EncryptSome(const Database& database, const RecordCipher& cipher,
                         const std::vector<PlainRecord>& records) {
  std::vector<std::string_view> people;
  for (const PlainRecord& record : records) {
    people.push_back(*PersonOf(record.key.kind, record.key.id));
  }
  if (absl::Status status = cipher.keys().Ensure(people); !status.ok()) return status;
  rocksdb::WriteBatch batch = MakeWriteBatch();
  for (const PlainRecord& record : records) {
    const std::string encoded = EncodeRecordKey(record.key);
    const auto encrypted = cipher.Encrypt(record.key, record.version, record.value);
    if (absl::IsAborted(encrypted.status())) {
      // Of somebody who was erased. That there was a passport stays: SettleErasures tells who read
      // it.
      if (record.key.kind == RecordKind::kPassport) {
        database.Put(batch, Family::kRecord, encoded, record.version, "", Content::kEncrypted);
      } else {
        database.Delete(batch, Family::kRecord, encoded);
      }
    } else if (encrypted.ok()) {
      database.Put(batch, Family::kRecord, encoded, record.version, **encrypted,
                   Content::kEncrypted);
    } else {
      return encrypted.status();
    }
  }
  return WritePatiently(database, batch);
}

absl::Status EncryptAll(const OpenOptions& options, const Database& database) {
  const RecordCipher cipher(options.keys);
  size_t count = 0;
  for (const RecordKind kind : kPeoplesKinds) {
    for (std::string after;;) {
      const absl::StatusOr<std::vector<PlainRecord>> some = ReadPlain(database, kind, after);
      if (!some.ok()) return some.status();
      if (some->empty()) break;
      if (absl::Status status = EncryptSome(database, cipher, *some); !status.ok()) return status;
      after = some->back().key.id;
      count += some->size();
      if (options.encrypting) options.encrypting(count);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status OpenEncryption(const OpenOptions& options, const Database& database,
                            const JournalMark& head) {
  const absl::StatusOr<std::optional<Encryption>> found = ReadEncryption(database);
  if (!found.ok()) return found.status();
  if (options.keys == nullptr) {
    return *found ? KeysNotGiven(options.directory) : absl::OkStatus();
  }
  PersonKeys& keys = *options.keys;
  if (*found) {
    if (!keys.exists()) return KeysMissing(options.directory, keys.directory());
    if ((*found)->keys != keys.id()) {
      return KeysOfOtherDatabase(options.directory, keys.directory());
    }
    if ((*found)->complete) return absl::OkStatus();
  }
  if (!keys.exists()) {
    if (absl::Status status = keys.Make(); !status.ok()) return status;
  }
  Encryption encryption{keys.id(), false};
  if (absl::Status status = WriteNote(database, head, encryption); !status.ok()) return status;
  if (absl::Status status = EncryptAll(options, database); !status.ok()) return status;
  if (absl::Status status = FromRocksDb(database.Rewrite(Family::kRecord)); !status.ok())
    return status;
  encryption.complete = true;
  return WriteNote(database, head, encryption);
}

absl::StatusOr<std::vector<std::string>> SettleErasures(const Database& database,
                                                        const RecordCipher* cipher) {
  std::vector<std::string> revived;
  if (cipher == nullptr) return revived;
  PersonKeys& keys = cipher->keys();
  std::vector<std::string> erased;
  size_t erasures = 0;
  const auto visit = [&](RecordKind kind, const auto& take) {
    return database.Scan(
        Family::kRecord, RangeOf({kind, "", ""}), nullptr,
        [&](std::string_view encoded, const SealedView&) -> absl::StatusOr<bool> {
          const std::optional<KeyView> key = DecodeRecordKeyView(encoded);
          if (!key) return Damaged("a record", "its key is too short");
          take(key->id);
          return true;
        },
        Database::Amount::kMuch);
  };
  absl::Status status = visit(RecordKind::kErasure, [&](std::string_view id) {
    ++erasures;
    if (!keys.IsDestroyed(id)) erased.emplace_back(id);
  });
  if (!status.ok()) return status;
  const std::vector<std::string_view> people(erased.begin(), erased.end());
  if (status = keys.Destroy(people); !status.ok()) return status;
  if (keys.counts().destroyed == erasures) return revived;
  status = visit(RecordKind::kPassport, [&](std::string_view id) {
    if (keys.IsDestroyed(id)) revived.emplace_back(id);
  });
  if (!status.ok()) return status;
  return revived;
}

}  // namespace passend::storage
