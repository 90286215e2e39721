#include "storage/database_opening.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "storage/engine_log.h"
#include "storage/files.h"
#include "storage/journal_reader.h"
#include "storage/open_errors.h"
#include "storage/rocksdb_options.h"
#include "storage/store_errors.h"
#include "storage/write_health.h"

namespace passend::storage {
namespace {

// Each family's writes have at least so much `room` in memory.
absl::StatusOr<std::unique_ptr<Database>> OpenFamilies(const rocksdb::DBOptions& db_options,
                                                       const OpenOptions& options,
                                                       const std::string& path, size_t room,
                                                       rocksdb::Status& engine_status) {
  rocksdb::DB* opened = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  std::vector<rocksdb::ColumnFamilyDescriptor> wanted = MakeFamilies(options);
  for (rocksdb::ColumnFamilyDescriptor& family : wanted) {
    family.options.write_buffer_size = std::max(family.options.write_buffer_size, room);
  }
  engine_status = rocksdb::DB::Open(db_options, path, wanted, &families, &opened);
  if (!engine_status.ok()) return FromRocksDb(engine_status);
  return std::make_unique<Database>(std::unique_ptr<rocksdb::DB>(opened), std::move(families));
}

absl::Status WriteFirstValues(const Database& database) {
  rocksdb::WriteBatch batch = MakeWriteBatch();
  batch.Put(ToSlice(kFormatKey), EncodeFormat(kPlainFormat));
  database.Put(batch, Family::kMeta, kHeadKey, 0, EncodeMark({}));
  database.Put(batch, Family::kMeta, kFloorKey, 0, EncodeFloor({}));
  database.Put(batch, Family::kMeta, kEpochKey, 0, EncodeEpoch(0));
  return FromRocksDb(database.Write(batch));
}

// The engine calls it an invalid argument where it cannot open its MANIFEST, whatever the reason:
// first with the options that were given, then without direct reads, which are none of ours.
bool ManifestNotOpened(const rocksdb::Status& status) {
  const std::string message = status.ToString();
  const auto says = [&](const char* words) { return message.find(words) != std::string::npos; };
  return status.IsInvalidArgument() && !says("No such file") &&
         (says("Direct I/O is not supported") || says("incompatible with filesystem"));
}

// Errors of the engine on opening a database that is there, in an operator's words.
absl::Status OpenError(const OpenOptions& options, const rocksdb::Status& status) {
  if (status.IsNoSpace()) return DiskFull();
  if (status.IsIOError() && status.ToString().find("lock ") != std::string::npos) {
    return InUse(options.directory);
  }
  if (ManifestNotOpened(status) || (status.IsIOError() && !status.IsPathNotFound())) {
    return absl::UnavailableError(status.ToString());
  }
  return DatabaseDamaged(options.directory, status.ToString());
}

absl::Status CheckFormat(const OpenOptions& options, rocksdb::DB& db) {
  std::string bytes;
  const rocksdb::Status status = db.Get(MakeReadOptions(), ToSlice(kFormatKey), &bytes);
  if (status.IsNotFound()) return NotPassendDatabase(options.directory);
  if (!status.ok()) return OpenError(options, status);
  const absl::StatusOr<uint32_t> format = DecodeFormat(bytes);
  if (!format.ok()) return DatabaseDamaged(options.directory, "its format record cannot be read");
  if (*format > kDatabaseFormat) {
    return WrittenByNewerPassend(options.directory, *format, kDatabaseFormat);
  }
  return absl::OkStatus();
}

absl::StatusOr<size_t> LogBytes(const std::string& database) {
  size_t bytes = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator at(database, error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().extension() == ".log") bytes += at->file_size(error);
  }
  if (error) return FileFailed(database, "cannot list", error.value());
  return bytes;
}

bool HasOurFamilies(std::vector<std::string> names) {
  std::vector<std::string> expected(kFamilyNames.begin(), kFamilyNames.end());
  std::sort(names.begin(), names.end());
  std::sort(expected.begin(), expected.end());
  return names == expected;
}

// Reads the format before the engine may write anything: whoever goes back to an older Passend
// finds everything as it was. FAILED_PRECONDITION for a newer format, DATA_LOSS for damage; other
// errors are for the open that comes after.
absl::Status RefuseNewer(const OpenOptions& options) {
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(
      rocksdb::Options(MakeDbOptions(options, nullptr), rocksdb::ColumnFamilyOptions()),
      DatabasePath(options), &opened);
  if (!status.ok()) return OpenError(options, status);
  const std::unique_ptr<rocksdb::DB> db(opened);
  return CheckFormat(options, *db);
}

// For a database with other column families than ours: only its format is read, and nothing of it
// is changed.
absl::Status RefuseOtherFamilies(const OpenOptions& options) {
  if (absl::Status checked = RefuseNewer(options); !checked.ok()) return checked;
  return DatabaseDamaged(options.directory, "its column families are not those of its format");
}

absl::Status CheckAnchor(const OpenOptions& options, const Database& database,
                         const JournalMark& anchor, const JournalMark& head,
                         const JournalFloor& floor) {
  if (head.sequence < anchor.sequence) {
    return DatabaseBehindAnchor(options.directory, head.sequence, anchor.sequence);
  }
  if (anchor.sequence < floor.compacted.sequence) {
    return AnchorTooOld(options.directory, anchor.sequence, floor.compacted.sequence);
  }
  const absl::StatusOr<JournalMark> mark = ReadMark(database, floor, anchor.sequence);
  if (!mark.ok()) return mark.status();
  if (*mark != anchor) return DatabaseOfOtherHistory(options.directory, anchor.sequence);
  return absl::OkStatus();
}

}  // namespace

std::string DatabasePath(const OpenOptions& options) { return options.directory + "/db"; }
std::string AnchorPath(const OpenOptions& options) { return options.directory + "/anchor"; }
std::string RestoringPath(const std::string& directory) { return directory + "/restoring"; }

absl::Status CreateDatabase(const OpenOptions& options) {
  const std::string unfinished = DatabasePath(options) + ".creating";
  std::error_code error;
  std::filesystem::remove_all(unfinished, error);
  if (error) return FileFailed(unfinished, "cannot remove", error.value());
  {
    rocksdb::DBOptions db_options = MakeDbOptions(options, nullptr);
    db_options.create_if_missing = true;
    db_options.create_missing_column_families = true;
    rocksdb::Status engine_status;
    const absl::StatusOr<std::unique_ptr<Database>> database =
        OpenFamilies(db_options, options, unfinished, 0, engine_status);
    if (!database.ok()) return database.status();
    if (absl::Status status = WriteFirstValues(**database); !status.ok()) return status;
  }
  return Rename(unfinished, DatabasePath(options));
}

absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(
    const OpenOptions& options, std::shared_ptr<rocksdb::EventListener> listener) {
  rocksdb::DBOptions db_options = MakeDbOptions(options, std::move(listener));
  const std::string path = DatabasePath(options);
  db_options.info_log = std::make_shared<EngineLog>(path, *db_options.env);
  std::vector<std::string> names;
  if (rocksdb::Status status = rocksdb::DB::ListColumnFamilies(db_options, path, &names);
      !status.ok()) {
    return OpenError(options, status);
  }
  if (!HasOurFamilies(std::move(names))) return RefuseOtherFamilies(options);
  // What is damaged is not opened for writing.
  if (absl::Status status = RefuseNewer(options);
      absl::IsFailedPrecondition(status) || absl::IsDataLoss(status)) {
    return status;
  }
  // Room for all that the logs hold: what the engine has to flush on the way it does not list
  // together, see rocksdb_options.cc.
  const absl::StatusOr<size_t> log_bytes = LogBytes(path);
  if (!log_bytes.ok()) return log_bytes.status();
  const bool fits = *log_bytes < SmallestWriteBufferBytes(options) / 2;
  const size_t room = fits ? 0 : 4 * *log_bytes;
  rocksdb::Status engine_status;
  absl::StatusOr<std::unique_ptr<Database>> database =
      OpenFamilies(db_options, options, path, room, engine_status);
  if (!engine_status.ok()) return OpenError(options, engine_status);
  if (absl::Status status = CheckFormat(options, (*database)->engine()); !status.ok()) {
    return status;
  }
  if (rocksdb::Status status = (*database)->Flush(); !status.ok()) {
    return OpenError(options, status);
  }
  if (room == 0) return database;
  if (rocksdb::Status status = (*database)->SetBuffers(options); !status.ok()) {
    return OpenError(options, status);
  }
  return database;
}

absl::StatusOr<std::unique_ptr<Database>> OpenDatabaseReadOnly(const OpenOptions& options,
                                                               const std::string& path) {
  const rocksdb::DBOptions db_options = MakeDbOptions(options, nullptr);
  std::vector<std::string> names;
  rocksdb::Status status = rocksdb::DB::ListColumnFamilies(db_options, path, &names);
  if (!status.ok()) return OpenError(options, status);
  if (!HasOurFamilies(std::move(names))) {
    return DatabaseDamaged(options.directory, "its column families are not those of its format");
  }
  rocksdb::DB* opened = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  status =
      rocksdb::DB::OpenForReadOnly(db_options, path, MakeFamilies(options), &families, &opened);
  if (!status.ok()) return OpenError(options, status);
  auto database =
      std::make_unique<Database>(std::unique_ptr<rocksdb::DB>(opened), std::move(families));
  if (absl::Status checked = CheckFormat(options, database->engine()); !checked.ok()) {
    return checked;
  }
  return database;
}

absl::Status CheckDatabase(const OpenOptions& options, const Database& database,
                           const std::optional<JournalMark>& anchor, const JournalMark& head,
                           const JournalFloor& floor) {
  if (anchor) {
    if (absl::Status status = CheckAnchor(options, database, *anchor, head, floor); !status.ok()) {
      return status;
    }
  } else if (head.sequence > 0 && !options.adopt_without_anchor) {
    return AnchorMissing(options.directory, head.sequence);
  }
  // From the anchor, or from further back: what came after it must be whole.
  const Sequence anchored = anchor ? anchor->sequence : head.sequence;
  const Sequence back = head.sequence - std::min(head.sequence, options.journal_check_entries);
  const Sequence from = std::max(floor.compacted.sequence, std::min(anchored, back));
  const absl::StatusOr<JournalMark> start = ReadMark(database, floor, from);
  if (!start.ok()) return start.status();
  if (absl::Status status = CheckChain(database, *start, head); !status.ok()) return status;
  if (!options.check_all_files) return absl::OkStatus();
  const rocksdb::Status status = database.engine().VerifyChecksum(MakeReadOptions());
  return status.ok() ? absl::OkStatus() : OpenError(options, status);
}

}  // namespace passend::storage
