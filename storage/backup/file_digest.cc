#include "storage/backup/file_digest.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "storage/backup/seal.h"
#include "storage/files.h"
#include "storage/open_errors.h"

namespace passend::storage {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 20;
constexpr size_t kWholeBytesMax = size_t{64} << 20;

absl::StatusOr<FileDescriptor> OpenThere(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) {
    return absl::NotFoundError(absl::StrCat(path, " is missing"));
  }
  return OpenFile(path, O_RDONLY);
}

absl::Status WriteAll(const std::string& path, int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return FileFailed(path, "cannot write", errno);
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return absl::OkStatus();
}

// Calls `take` with each part of the file.
template <typename Take>
absl::Status ReadParts(const std::string& path, const Take& take) {
  const absl::StatusOr<FileDescriptor> file = OpenThere(path);
  if (!file.ok()) return file.status();
  std::string chunk(kChunkBytes, '\0');
  while (true) {
    const ssize_t count = read(file->number(), chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return FileFailed(path, "cannot read", errno);
    if (count == 0) return absl::OkStatus();
    const std::string_view part(chunk.data(), static_cast<size_t>(count));
    if (absl::Status status = take(part); !status.ok()) return status;
  }
}

class Digester {
 public:
  Digester() { crypto_generichash_init(&state_, nullptr, 0, 32); }
  void Add(std::string_view part) {
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
    bytes_ += part.size();
  }
  FileDigest End() {
    std::array<unsigned char, 32> digest;
    crypto_generichash_final(&state_, digest.data(), digest.size());
    return {bytes_, ToHex({reinterpret_cast<const char*>(digest.data()), digest.size()})};
  }

 private:
  crypto_generichash_state state_;
  uint64_t bytes_ = 0;
};

}  // namespace

absl::StatusOr<FileDigest> DigestFile(const std::string& path, WorkDone& work) {
  Digester digester;
  const absl::Status read = ReadParts(path, [&](std::string_view part) {
    digester.Add(part);
    work.Add(part.size());
    return work.Check();
  });
  if (!read.ok()) return read;
  return digester.End();
}

absl::StatusOr<FileDigest> CopyWithDigest(const std::string& from, const std::string& to,
                                          WorkDone& work) {
  const absl::StatusOr<FileDescriptor> file = OpenFile(to, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.ok()) return file.status();
  Digester digester;
  const absl::Status copied = ReadParts(from, [&](std::string_view part) {
    digester.Add(part);
    work.Add(part.size());
    if (absl::Status status = WriteAll(to, file->number(), part); !status.ok()) return status;
    return work.Check();
  });
  if (!copied.ok()) return copied;
  if (fsync(file->number()) != 0) return FileFailed(to, "cannot sync", errno);
  return digester.End();
}

absl::Status WriteWhole(const std::string& path, const std::string& text) {
  const std::string unfinished = path + ".new";
  {
    const absl::StatusOr<FileDescriptor> file = OpenFile(unfinished, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.ok()) return file.status();
    if (absl::Status status = WriteAll(unfinished, file->number(), text); !status.ok()) {
      return status;
    }
    if (fsync(file->number()) != 0) return FileFailed(unfinished, "cannot sync", errno);
  }
  return Rename(unfinished, path);
}

absl::StatusOr<std::string> ReadWhole(const std::string& path) {
  std::string text;
  const absl::Status read = ReadParts(path, [&](std::string_view part) {
    if (text.size() + part.size() > kWholeBytesMax) {
      return absl::DataLossError(absl::StrCat(path, " is larger than it can be"));
    }
    text += part;
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return text;
}

}  // namespace passend::storage
