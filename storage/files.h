// The few file operations of the store outside its database. Errors as in open_errors.h.
#ifndef PASSEND_STORAGE_FILES_H_
#define PASSEND_STORAGE_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace passend::storage {

// A file descriptor that closes itself.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor();
  int number() const { return number_; }

 private:
  int number_ = -1;
};

absl::StatusOr<FileDescriptor> OpenFile(const std::string& path, int flags);

// Makes the entries of a directory durable.
absl::Status SyncDirectory(const std::string& directory);

// Makes a directory and those above it that are not there, all of them durably: what is durable in
// a directory whose own name is not is gone after a power cut.
absl::Status MakeDirectories(const std::string& directory);

// Renames durably; `to` is replaced if it is a file.
absl::Status Rename(const std::string& from, const std::string& to);

// Held as long as it lives, by one process and one holder in it.
class DirectoryLock {
 public:
  // FAILED_PRECONDITION "... is in use by another process".
  static absl::StatusOr<DirectoryLock> Take(const std::string& directory);
  // Whether somebody holds it. Writes nothing; false where that cannot be found out.
  static bool IsTaken(const std::string& directory);

 private:
  explicit DirectoryLock(FileDescriptor file) : file_(std::move(file)) {}
  FileDescriptor file_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_FILES_H_
