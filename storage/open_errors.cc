#include "storage/open_errors.h"

#include <cerrno>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

constexpr absl::string_view kRestore =
    "; put the missing files back, or restore a backup with `passend admin restore`";

}  // namespace

absl::Status WrittenByNewerPassend(std::string_view directory, uint32_t format, uint32_t readable) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the database in ", ToAbsl(directory), " was written by a newer Passend (format ", format,
      "; this one reads up to ", readable, ")"));
}

absl::Status InUse(std::string_view directory) {
  return absl::FailedPreconditionError(
      absl::StrCat("the database in ", ToAbsl(directory), " is in use by another process"));
}

absl::Status NotPassendDatabase(std::string_view directory) {
  return absl::FailedPreconditionError(
      absl::StrCat("what is in ", ToAbsl(directory), " is not a Passend database"));
}

absl::Status RestoreUnfinished(std::string_view directory) {
  return absl::FailedPreconditionError(absl::StrCat(
      "a restore into ", ToAbsl(directory),
      " was not finished: do it again (`passend admin restore`), into the same folder as it is"));
}

absl::Status FileFailed(std::string_view path, std::string_view what, int error_number) {
  const std::string message = absl::StrCat(ToAbsl(what), " ", ToAbsl(path), ": ",
                                           std::generic_category().message(error_number));
  if (error_number == ENOSPC) return absl::ResourceExhaustedError(message);
  return absl::UnavailableError(message);
}

absl::Status DatabaseDamaged(std::string_view directory, std::string_view how) {
  return absl::DataLossError(absl::StrCat("the database in ", ToAbsl(directory), " is damaged (",
                                          ToAbsl(how), ")", kRestore));
}

absl::Status NoDatabase(std::string_view directory) {
  return absl::FailedPreconditionError(
      absl::StrCat("there is no database in ", ToAbsl(directory),
                   ", and none is to be made: is its disk mounted? Mount it, or restore the newest "
                   "backup; only a first start is without --require-data"));
}

absl::Status DatabaseMissing(std::string_view directory, Sequence anchored) {
  return absl::DataLossError(absl::StrCat("the database in ", ToAbsl(directory),
                                          " is missing, and its anchor knows of commit ", anchored,
                                          kRestore));
}

absl::Status DatabaseBehindAnchor(std::string_view directory, Sequence last, Sequence anchored) {
  return absl::DataLossError(absl::StrCat(
      "the database in ", ToAbsl(directory), " ends at commit ", last, ", and its anchor knows of ",
      anchored, ": a log was lost, or an older copy was put back", kRestore));
}

absl::Status DatabaseOfOtherHistory(std::string_view directory, Sequence anchored) {
  return absl::DataLossError(absl::StrCat("the database in ", ToAbsl(directory), " and its anchor",
                                          " tell different histories up to commit ", anchored,
                                          ": one of them comes from elsewhere", kRestore));
}

absl::Status AnchorTooOld(std::string_view directory, Sequence anchored, Sequence compacted) {
  return absl::DataLossError(
      absl::StrCat("the anchor of ", ToAbsl(directory), " is of commit ", anchored,
                   ", and the journal begins after ", compacted,
                   ": an older anchor was put back, and nothing can be checked against it"));
}

absl::Status AnchorMissing(std::string_view directory, Sequence last) {
  return absl::DataLossError(absl::StrCat(
      "the anchor of ", ToAbsl(directory), " is missing: whether commits after ", last,
      " were lost cannot be told; put the anchor back, or adopt the database without it"));
}

absl::Status AnchorDamaged(std::string_view path) {
  return absl::DataLossError(
      absl::StrCat("the anchor ", ToAbsl(path),
                   " is damaged: whether commits were lost cannot be told; put an intact one back,"
                   " or remove it and adopt the database without it"));
}

}  // namespace passend::storage
