#include "storage/rocksdb_store.h"

#include <sodium.h>

#include <filesystem>
#include <utility>

#include "storage/anchor.h"
#include "storage/database_opening.h"
#include "storage/embedded_store.h"
#include "storage/encryption_opening.h"
#include "storage/files.h"
#include "storage/journal_reader.h"
#include "storage/key_store_errors.h"
#include "storage/open_errors.h"
#include "storage/torn_write.h"
#include "storage/write_health.h"

namespace passend::storage {
namespace {

// Makes the database if there is none, and there has never been one: an empty store in the place of
// one that is elsewhere would be served as if all was well.
absl::Status EnsureDatabase(const OpenOptions& options, const std::optional<JournalMark>& anchor) {
  std::error_code error;
  if (std::filesystem::exists(DatabasePath(options), error)) return absl::OkStatus();
  if (error) return FileFailed(DatabasePath(options), "cannot look for", error.value());
  const std::string restoring = RestoringPath(options.directory);
  if (std::filesystem::exists(restoring, error)) return RestoreUnfinished(options.directory);
  if (error) return FileFailed(restoring, "cannot look for", error.value());
  if (anchor && anchor->sequence > 0) return DatabaseMissing(options.directory, anchor->sequence);
  // Every RocksDB database has this file. In one of somebody else's nothing is to be made.
  if (std::filesystem::exists(options.directory + "/CURRENT", error)) {
    return NotPassendDatabase(options.directory);
  }
  // Keys are made after the database that they are for.
  if (options.keys != nullptr && options.keys->exists()) {
    return DatabaseOfKeysMissing(options.directory, options.keys->directory(),
                                 options.keys->counts().live);
  }
  if (options.must_exist) return NoDatabase(options.directory);
  return CreateDatabase(options);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksDbStore(OpenOptions options) {
  if (options.directory.empty()) {
    return absl::InvalidArgumentError("a store needs a directory");
  }
  if (sodium_init() < 0) return absl::UnavailableError("libsodium cannot be initialised");
  std::error_code unreadable;  // is told by what comes next
  if (options.must_exist && !std::filesystem::exists(options.directory, unreadable) &&
      !unreadable) {
    return NoDatabase(options.directory);
  }
  if (absl::Status status = MakeDirectories(options.directory); !status.ok()) return status;
  absl::StatusOr<DirectoryLock> lock = DirectoryLock::Take(options.directory);
  if (!lock.ok()) return lock.status();

  const absl::StatusOr<std::optional<JournalMark>> known = Anchor::Read(AnchorPath(options));
  if (!known.ok()) return known.status();
  if (absl::Status status = EnsureDatabase(options, *known); !status.ok()) return status;
  auto health = std::make_shared<WriteHealth>(options.stopped_writing);
  absl::StatusOr<std::unique_ptr<Database>> database = OpenDatabase(options, health);
  if (absl::IsDataLoss(database.status())) {
    const absl::StatusOr<bool> cut = CutOffTornWrite(options, *known);
    if (!cut.ok()) return cut.status();
    if (*cut) database = OpenDatabase(options, health);
  }
  if (!database.ok()) return database.status();

  const absl::StatusOr<JournalMark> head = ReadHead(**database);
  if (!head.ok()) return head.status();
  const absl::StatusOr<JournalFloor> floor = ReadFloor(**database);
  if (!floor.ok()) return floor.status();
  const absl::StatusOr<uint64_t> epoch = ReadEpoch(**database);
  if (!epoch.ok()) return epoch.status();
  if (absl::Status status = CheckDatabase(options, **database, *known, *head, *floor);
      !status.ok()) {
    return status;
  }
  if (absl::Status status = OpenEncryption(options, **database, *head); !status.ok()) {
    return status;
  }
  std::unique_ptr<const RecordCipher> cipher;
  if (options.keys != nullptr) cipher = std::make_unique<RecordCipher>(options.keys);
  const absl::StatusOr<std::vector<std::string>> revived = SettleErasures(**database, cipher.get());
  if (!revived.ok()) return revived.status();
  // Commits of a crashed process that were durable and not answered are anchored from now on.
  absl::StatusOr<Anchor> anchor = Anchor::Open(AnchorPath(options), *head);
  if (!anchor.ok()) return anchor.status();
  const auto erasure_of = options.erasure_of;
  auto store = std::make_unique<EmbeddedStore>(EmbeddedStore::Parts{
      std::move(options), *std::move(lock), std::move(health), *std::move(database),
      std::move(cipher), *std::move(anchor), *head, *floor, *epoch});
  // What an interrupted compaction left; if now is not the time, the next one takes it along.
  if (absl::Status status = store->Sweep(); absl::IsDataLoss(status)) return status;
  if (erasure_of != nullptr) {
    for (const std::string& person : *revived) {
      const absl::StatusOr<CommitResult> erased = store->Commit(erasure_of(person));
      if (!erased.ok()) return erased.status();
    }
  }
  return store;
}

}  // namespace passend::storage
