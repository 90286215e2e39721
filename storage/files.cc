#include "storage/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

#include "storage/open_errors.h"

namespace passend::storage {

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) close(number_);
}

absl::StatusOr<FileDescriptor> OpenFile(const std::string& path, int flags) {
  const int number = open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (number < 0) return FileFailed(path, "cannot open", errno);
  return FileDescriptor(number);
}

absl::Status SyncDirectory(const std::string& directory) {
  absl::StatusOr<FileDescriptor> file = OpenFile(directory, O_RDONLY | O_DIRECTORY);
  if (!file.ok()) return file.status();
  if (fsync(file->number()) != 0) return FileFailed(directory, "cannot sync", errno);
  return absl::OkStatus();
}

absl::Status MakeDirectories(const std::string& directory) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path there = fs::absolute(directory, error);
  if (error) return FileFailed(directory, "cannot make", error.value());
  std::vector<fs::path> missing;
  while (!fs::exists(there, error)) {
    if (error) return FileFailed(there.string(), "cannot look for", error.value());
    missing.push_back(there);
    there = there.parent_path();
  }
  // The last one made before a crash may have no durable name yet. It may also be somebody else's,
  // above which nothing can be opened: no reason to stop.
  SyncDirectory(there.parent_path().string()).IgnoreError();
  for (auto path = missing.rbegin(); path != missing.rend(); ++path) {
    fs::create_directory(*path, error);
    if (error) return FileFailed(path->string(), "cannot make", error.value());
    if (absl::Status status = SyncDirectory(path->parent_path().string()); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status Rename(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return FileFailed(from, "cannot rename", errno);
  return SyncDirectory(std::filesystem::path(to).parent_path().string());
}

namespace {

std::string LockPath(const std::string& directory) { return directory + "/lock"; }

}  // namespace

absl::StatusOr<DirectoryLock> DirectoryLock::Take(const std::string& directory) {
  const std::string path = LockPath(directory);
  absl::StatusOr<FileDescriptor> file = OpenFile(path, O_RDWR | O_CREAT);
  if (!file.ok()) return file.status();
  // Goes with the process, however it ends; no stale lock is left.
  if (flock(file->number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return InUse(directory);
    return FileFailed(path, "cannot lock", errno);
  }
  return DirectoryLock(*std::move(file));
}

bool DirectoryLock::IsTaken(const std::string& directory) {
  const absl::StatusOr<FileDescriptor> file = OpenFile(LockPath(directory), O_RDONLY);
  return file.ok() && flock(file->number(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

}  // namespace passend::storage
