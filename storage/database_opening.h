// Makes and opens the RocksDB database of a store, and checks that it may be served.
#ifndef PASSEND_STORAGE_DATABASE_OPENING_H_
#define PASSEND_STORAGE_DATABASE_OPENING_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/listener.h"
#include "storage/database.h"
#include "storage/journal_codec.h"
#include "storage/meta_codec.h"
#include "storage/rocksdb_store.h"

namespace passend::storage {

std::string DatabasePath(const OpenOptions& options);
std::string AnchorPath(const OpenOptions& options);
// Where a restore into the directory works until it is done.
std::string RestoringPath(const std::string& directory);

// Makes an empty database, all or nothing: it is made under another name and renamed when it is
// durable and complete. What an interrupted attempt left is removed.
absl::Status CreateDatabase(const OpenOptions& options);

// Opens an existing database: engine, column families, format. Errors of OpenRocksDbStore.
absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(
    const OpenOptions& options, std::shared_ptr<rocksdb::EventListener> listener);

// Opens the database at `path` for reading only: nothing is written there, and it may be in use.
// What its logs hold is read into memory. Errors of OpenRocksDbStore.
absl::StatusOr<std::unique_ptr<Database>> OpenDatabaseReadOnly(const OpenOptions& options,
                                                               const std::string& path);

// OK if the database holds all that the anchor knows of, its newest entries form a chain, and, if
// asked for, all its files are intact.
absl::Status CheckDatabase(const OpenOptions& options, const Database& database,
                           const std::optional<JournalMark>& anchor, const JournalMark& head,
                           const JournalFloor& floor);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_DATABASE_OPENING_H_
