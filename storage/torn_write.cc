#include "storage/torn_write.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "storage/database_opening.h"
#include "storage/files.h"
#include "storage/journal_reader.h"
#include "storage/log_end.h"
#include "storage/open_errors.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

constexpr size_t kNameBytesMax = 64;
// How many entries, behind one that cannot be read, may have been synced together with it. A commit
// is one entry. In the list of files there is one for each family that was flushed, and for other
// work that ended at the same time.
constexpr uint64_t kBehindInLog = 0;
constexpr uint64_t kBehindInList = 12;

// A log, mapped as it is on the disk.
class MappedLog {
 public:
  static absl::StatusOr<MappedLog> Open(const std::string& path) {
    absl::StatusOr<FileDescriptor> file = OpenFile(path, O_RDONLY);
    if (!file.ok()) return file.status();
    struct stat found;
    if (fstat(file->number(), &found) != 0) return FileFailed(path, "cannot look at", errno);
    MappedLog log;
    log.size_ = static_cast<size_t>(found.st_size);
    if (log.size_ == 0) return log;
    log.bytes_ = mmap(nullptr, log.size_, PROT_READ, MAP_PRIVATE, file->number(), 0);
    if (log.bytes_ == MAP_FAILED) return FileFailed(path, "cannot map", errno);
    return log;
  }
  MappedLog(MappedLog&& other) noexcept
      : bytes_(std::exchange(other.bytes_, MAP_FAILED)), size_(other.size_) {}
  MappedLog& operator=(MappedLog&&) = delete;
  ~MappedLog() {
    if (bytes_ != MAP_FAILED) munmap(bytes_, size_);
  }
  std::string_view bytes() const {
    if (bytes_ == MAP_FAILED) return {};
    return {static_cast<const char*>(bytes_), size_};
  }

 private:
  MappedLog() = default;
  void* bytes_ = MAP_FAILED;
  size_t size_ = 0;
};

// An end that was cut off, with what it takes to put it back.
struct CutEnd {
  std::string path;
  uint64_t at;
  std::string bytes;
};

absl::Status CutAt(const std::string& path, uint64_t at, std::string_view put_back) {
  const absl::StatusOr<FileDescriptor> file = OpenFile(path, O_WRONLY);
  if (!file.ok()) return file.status();
  if (ftruncate(file->number(), static_cast<off_t>(at)) != 0) {
    return FileFailed(path, "cannot cut", errno);
  }
  for (auto to = static_cast<off_t>(at); !put_back.empty();) {
    const ssize_t count = pwrite(file->number(), put_back.data(), put_back.size(), to);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return FileFailed(path, "cannot write", errno);
    put_back.remove_prefix(static_cast<size_t>(count));
    to += count;
  }
  if (fsync(file->number()) != 0) return FileFailed(path, "cannot sync", errno);
  return absl::OkStatus();
}

// The list of files that CURRENT names; empty where there is none.
std::string ListOfFiles(const std::string& database) {
  const absl::StatusOr<MappedLog> current = MappedLog::Open(database + "/CURRENT");
  if (!current.ok()) return "";
  const std::string_view name = current->bytes().substr(0, kNameBytesMax);
  if (!name.starts_with("MANIFEST-") || !name.ends_with('\n')) return "";
  std::string path = database + "/" + std::string(name.substr(0, name.size() - 1));
  std::error_code error;
  return fs::exists(path, error) ? path : "";
}

// Write-ahead logs, the newest first.
absl::StatusOr<std::vector<std::string>> Logs(const std::string& database) {
  std::vector<std::string> logs;
  std::error_code error;
  for (fs::directory_iterator at(database, error), end; !error && at != end; at.increment(error)) {
    // Their names are numbers of at least six digits.
    if (at->path().extension() == ".log") logs.push_back(at->path().string());
  }
  if (error) return FileFailed(database, "cannot list", error.value());
  std::sort(logs.begin(), logs.end(), [](const std::string& one, const std::string& other) {
    return std::pair(one.size(), one) > std::pair(other.size(), other);
  });
  return logs;
}

// Adds the end of the log if it is torn, and cuts it off. Whether the log has an entry.
absl::StatusOr<bool> CutOffEnd(const std::string& path, uint64_t behind_max,
                               std::vector<CutEnd>& cut) {
  LogEnd found;
  {
    const absl::StatusOr<MappedLog> log = MappedLog::Open(path);
    if (!log.ok()) return log.status();
    found = FindLogEnd(log->bytes());
    if (!found.torn) return found.has_entry;
    if (found.behind > behind_max) return true;
    cut.push_back({path, found.end, std::string(log->bytes().substr(found.end))});
  }
  if (absl::Status status = CutAt(path, found.end, ""); !status.ok()) return status;
  return true;
}

absl::Status CutOffEnds(const OpenOptions& options, std::vector<CutEnd>& cut) {
  const std::string database = DatabasePath(options);
  if (const std::string list = ListOfFiles(database); !list.empty()) {
    if (const auto done = CutOffEnd(list, kBehindInList, cut); !done.ok()) return done.status();
  }
  const absl::StatusOr<std::vector<std::string>> logs = Logs(database);
  if (!logs.ok()) return logs.status();
  for (const std::string& log : *logs) {
    const absl::StatusOr<bool> has_entry = CutOffEnd(log, kBehindInLog, cut);
    if (!has_entry.ok()) return has_entry.status();
    if (*has_entry) break;
  }
  return absl::OkStatus();
}

bool HasAllThatIsKnown(const OpenOptions& options, const std::optional<JournalMark>& anchor) {
  const auto database = OpenDatabaseReadOnly(options, DatabasePath(options));
  if (!database.ok()) return false;
  const absl::StatusOr<JournalMark> head = ReadHead(**database);
  const absl::StatusOr<JournalFloor> floor = ReadFloor(**database);
  if (!head.ok() || !floor.ok()) return false;
  // Without an anchor nobody knows whether the entry had been answered.
  if (!anchor && head->sequence > 0) return false;
  return CheckDatabase(options, **database, anchor, *head, *floor).ok();
}

}  // namespace

absl::StatusOr<bool> CutOffTornWrite(const OpenOptions& options,
                                     const std::optional<JournalMark>& anchor) {
  std::vector<CutEnd> cut;
  absl::Status status = CutOffEnds(options, cut);
  if (status.ok() && !cut.empty() && HasAllThatIsKnown(options, anchor)) return true;
  for (const CutEnd& end : cut) {
    if (absl::Status back = CutAt(end.path, end.at, end.bytes); !back.ok()) return back;
  }
  if (!status.ok()) return status;
  return false;
}

}  // namespace passend::storage
