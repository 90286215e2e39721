#include "storage/key_store_errors.h"

#include "absl/strings/str_cat.h"
#include "storage/limits.h"
#include "storage/store_errors.h"

namespace passend::storage {

absl::Status KeysInUse(std::string_view directory) {
  return absl::FailedPreconditionError(
      absl::StrCat("the keys in ", ToAbsl(directory), " are in use by another process"));
}

absl::Status KeysWrittenByNewerPassend(std::string_view directory, uint32_t format,
                                       uint32_t readable) {
  return absl::FailedPreconditionError(absl::StrCat("the keys in ", ToAbsl(directory),
                                                    " were written by a newer Passend (format ",
                                                    format, "; this one reads ", readable, ")"));
}

absl::Status KeysThereAlready(std::string_view directory) {
  return absl::FailedPreconditionError(
      absl::StrCat("there are keys in ", ToAbsl(directory), " already"));
}

absl::Status KeysNotGiven(std::string_view database_directory) {
  return absl::FailedPreconditionError(
      absl::StrCat("people's records in ", ToAbsl(database_directory),
                   " are encrypted; they are opened with the master key and the people's keys"));
}

absl::Status KeysMissing(std::string_view database_directory, std::string_view key_directory) {
  return absl::FailedPreconditionError(absl::StrCat(
      "people's records in ", ToAbsl(database_directory), " are encrypted, and ",
      ToAbsl(key_directory), " has no keys; put the keys back that belong to this database"));
}

absl::Status DatabaseOfKeysMissing(std::string_view database_directory,
                                   std::string_view key_directory, size_t people) {
  return absl::FailedPreconditionError(absl::StrCat(
      "there is no database in ", ToAbsl(database_directory), ", and the keys in ",
      ToAbsl(key_directory), " (of ", people,
      " people) belong to one: mount the disk that has it, or restore a backup with `passend admin "
      "restore`; nothing is made. Who really begins anew moves that folder of keys away as well"));
}

absl::Status KeysOfOtherDatabase(std::string_view database_directory,
                                 std::string_view key_directory) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the keys in ", ToAbsl(key_directory), " are not those that people's records in ",
      ToAbsl(database_directory), " are encrypted with; put those keys back"));
}

absl::Status TooManyPeople() {
  return absl::ResourceExhaustedError(
      absl::StrCat("there are keys for ", kPersonKeysMax, " people, which is as many as fit"));
}

absl::Status KeysStopped(const absl::Status& cause) {
  return absl::UnavailableError(absl::StrCat(
      "people's keys are not changed any more until they are opened anew: ", cause.message()));
}

absl::Status PersonErased(RecordKind kind) {
  return absl::AbortedError(
      absl::StrCat("a ", KindName(kind), " is of a person who was erased meanwhile"));
}

absl::Status KeysDamaged(std::string_view directory) {
  return absl::DataLossError(absl::StrCat("the header of the keys in ", ToAbsl(directory),
                                          " is damaged; put back a copy of that file"));
}

absl::Status KeyMissing() {
  return Damaged("a person's record",
                 "it is encrypted, and its key is not in the key store, which is of an older day; "
                 "put back the newest copy of that, or restore the newest backup");
}

absl::Status KeyDamaged() {
  return Damaged("a person's key", "it cannot be unwrapped with the key store's own key");
}

}  // namespace passend::storage
