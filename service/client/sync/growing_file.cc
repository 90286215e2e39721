#include "service/client/sync/growing_file.h"

#include <fcntl.h>
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

absl::StatusOr<GrowingFile> GrowingFile::Open(const std::string& path, std::int64_t bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return Failed(path);
  GrowingFile opened(path, file, bytes);
  const off_t size = lseek(file, 0, SEEK_END);
  if (size < bytes) {
    return absl::DataLossError(path + ": shorter than it was when the last run ended");
  }
  if (ftruncate(file, bytes) != 0 || lseek(file, bytes, SEEK_SET) != bytes) return Failed(path);
  return opened;
}

GrowingFile::GrowingFile(GrowingFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), bytes_(other.bytes_) {}

GrowingFile::~GrowingFile() {
  if (file_ >= 0) close(file_);
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
