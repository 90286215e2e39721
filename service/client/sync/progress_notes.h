// Where a run was when it was last sure of itself.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_PROGRESS_NOTES_H_
#define PASSEND_SERVICE_CLIENT_SYNC_PROGRESS_NOTES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace passend::client {

// What became of the records of a file so far.
struct PushCounts {
  std::int64_t accepted = 0;
  std::int64_t unchanged = 0;
  std::int64_t rejected = 0;
  std::int64_t conflicts = 0;
  std::int64_t erased = 0;
  std::int64_t unreadable = 0;

  std::int64_t all() const {
    return accepted + unchanged + rejected + conflicts + erased + unreadable;
  }
};

// Of an import, in FILE.import.progress.
struct ImportNotes {
  std::string run;                 // random, in every batch id: see the README
  std::string file_digest;         // of all of its bytes
  std::string target;              // for which partner of which database, read in which format
  std::int64_t records = 0;        // answered, from the start of the file
  std::int64_t refused_bytes = 0;  // of the report
  bool finished = false;
  PushCounts counts;
};

// Of an export, in FILE.export.progress.
struct ExportNotes {
  std::string question;  // what was asked: a cursor is for one question only
  std::string cursor;
  std::int64_t bytes = 0;  // of the file, with all that came before the cursor
  std::int64_t changes = 0;
  // How many of the changes say that somebody is to be forgotten, and why.
  std::int64_t erased = 0;
  std::int64_t withdrawn = 0;
  std::int64_t other_region = 0;
  std::int64_t not_told = 0;  // when the file was written anew
  bool snapshot_complete = false;
  // Of records: of FILE.export.ids. -1 in notes of older versions, which had no such file.
  std::int64_t ids_bytes = 0;
};

std::string ImportNotesPath(const std::string& path);
std::string ExportNotesPath(const std::string& path);

// None where there is no such file. INVALID_ARGUMENT, with the path, for one that is something
// else.
absl::StatusOr<std::optional<ImportNotes>> ReadImportNotes(const std::string& path);
absl::StatusOr<std::optional<ExportNotes>> ReadExportNotes(const std::string& path);

// In one go; INTERNAL, with the cause.
absl::Status Write(const std::string& path, const ImportNotes& notes);
absl::Status Write(const std::string& path, const ExportNotes& notes);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_PROGRESS_NOTES_H_
