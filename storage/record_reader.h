// Store::Read and the scans on a database, as of a snapshot or as of now. With `cipher`, people's
// records are decrypted; those of erased people are passed over.
#ifndef PASSEND_STORAGE_RECORD_READER_H_
#define PASSEND_STORAGE_RECORD_READER_H_

#include <functional>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/database.h"
#include "storage/record_cipher.h"
#include "storage/store.h"

namespace passend::storage {

absl::StatusOr<std::vector<std::optional<Record>>> ReadRecords(const Database& database,
                                                               const RecordCipher* cipher,
                                                               const std::vector<Key>& keys,
                                                               const rocksdb::Snapshot* snapshot);

absl::Status ScanRecords(const Database& database, const RecordCipher* cipher,
                         const ScanRange& range, const rocksdb::Snapshot* snapshot,
                         const std::function<bool(Record)>& visit);

// Snapshot::ScanViews.
absl::Status ScanRecordViews(const Database& database, const RecordCipher* cipher,
                             const ScanRange& range, const rocksdb::Snapshot* snapshot,
                             const std::function<bool(const RecordView&)>& visit);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_RECORD_READER_H_
