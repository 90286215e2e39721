#include "service/client/sync/growing_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace passend::client {
namespace {

absl::Status Failed(const std::string& path) {
  return absl::InternalError("cannot write " + path + ": " + std::strerror(errno));
}

}  // namespace

absl::StatusOr<GrowingFile> GrowingFile::Open(const std::string& path) {
  while (true) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0) return Failed(path);
    GrowingFile opened(path, file, 0);
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return Failed(path);
      return absl::FailedPreconditionError(path + ": another run is at work on it");
    }
    struct stat about = {};
    if (fstat(file, &about) != 0) return Failed(path);
    // Whoever had it may have removed it just before: then it is nobody's file any more.
    if (about.st_nlink == 0) continue;
    opened.bytes_ = lseek(file, 0, SEEK_END);
    if (opened.bytes_ < 0) return Failed(path);
    return opened;
  }
}

GrowingFile::GrowingFile(GrowingFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), bytes_(other.bytes_) {}

GrowingFile::~GrowingFile() {
  if (file_ >= 0) close(file_);
}

absl::Status GrowingFile::CutTo(std::int64_t bytes) {
  if (bytes_ < bytes) {
    return absl::DataLossError(path_ + ": shorter than it was when the last run ended");
  }
  if (fchmod(file_, S_IRUSR | S_IWUSR) != 0 || ftruncate(file_, bytes) != 0 ||
      lseek(file_, bytes, SEEK_SET) != bytes) {
    return Failed(path_);
  }
  bytes_ = bytes;
  return absl::OkStatus();
}

absl::Status GrowingFile::Append(const std::string& bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count = write(file_, bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failed(path_);
    written += static_cast<std::size_t>(count);
    bytes_ += count;
  }
  return absl::OkStatus();
}

absl::Status GrowingFile::Flush() {
  return fdatasync(file_) == 0 ? absl::OkStatus() : Failed(path_);
}

}  // namespace passend::client
