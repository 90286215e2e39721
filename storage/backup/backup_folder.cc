#include "storage/backup/backup_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "storage/backup/file_digest.h"
#include "storage/files.h"
#include "storage/open_errors.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

// Files of the directory that are named by a number.
absl::StatusOr<std::vector<uint32_t>> NumbersIn(const std::string& directory) {
  std::vector<uint32_t> numbers;
  std::error_code error;
  if (!std::filesystem::exists(directory, error)) return numbers;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    uint32_t number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    if (read.ec == std::errc() && read.ptr == name.data() + name.size()) {
      numbers.push_back(number);
    }
  }
  if (error) return FileFailed(directory, "cannot read", error.value());
  std::ranges::sort(numbers);
  return numbers;
}

}  // namespace

std::string SealPath(const std::string& folder, uint32_t number) {
  return absl::StrCat(folder, "/seals/", number);
}

std::string MetaPath(uint32_t number) { return absl::StrCat("meta/", number); }

std::string DatabaseNameOf(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  if (!path.starts_with("shared_checksum/")) return name;
  const size_t mark = name.find('_');
  const size_t dot = name.rfind('.');
  if (mark == std::string::npos || dot == std::string::npos || dot < mark) return name;
  return name.substr(0, mark) + name.substr(dot);
}

absl::StatusOr<std::vector<uint32_t>> SealedNumbers(const std::string& folder) {
  return NumbersIn(folder + "/seals");
}

absl::StatusOr<std::vector<uint32_t>> ListedNumbers(const std::string& folder) {
  return NumbersIn(folder + "/meta");
}

absl::StatusOr<BackupSeal> ReadSeal(const std::string& folder, uint32_t number) {
  const std::string path = SealPath(folder, number);
  const absl::StatusOr<std::string> text = ReadWhole(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<BackupSeal> seal = DecodeSeal(*text);
  if (!seal.ok()) {
    return absl::Status(seal.status().code(), absl::StrCat(path, ": ", seal.status().message()));
  }
  if (seal->number != number) {
    return absl::DataLossError(
        absl::StrCat(path, ": it is the seal of backup ", seal->number, ", not of ", number));
  }
  return seal;
}

absl::StatusOr<absl::Time> NewestBackupTime(const std::string& folder) {
  const absl::StatusOr<std::vector<uint32_t>> numbers = SealedNumbers(folder);
  if (!numbers.ok()) return numbers.status();
  if (numbers->empty()) return absl::InfinitePast();
  const absl::StatusOr<BackupSeal> seal = ReadSeal(folder, numbers->back());
  if (!seal.ok()) return seal.status();
  return seal->made_at;
}

absl::Status TryBackupFolder(const std::string& folder) {
  if (absl::Status made = MakeDirectories(folder); !made.ok()) return made;
  const std::string path = folder + "/tried";
  const absl::StatusOr<FileDescriptor> file = OpenFile(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file.ok()) return file.status();
  const bool written = write(file->number(), "?", 1) == 1;
  const int error = errno;
  unlink(path.c_str());
  return written ? absl::OkStatus() : FileFailed(path, "cannot write", error);
}

}  // namespace passend::storage
