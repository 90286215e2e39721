#include "storage/engine_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace passend::storage {
namespace {

constexpr size_t kLineBytesMax = 4'096;

}  // namespace

EngineLog::EngineLog(const std::string& folder, rocksdb::Env& env)
    : Logger(rocksdb::InfoLogLevel::WARN_LEVEL), env_(env) {
  if (folder.empty()) return;
  const std::string path = folder + "/LOG";
  struct stat found;
  if (stat(path.c_str(), &found) == 0 && static_cast<size_t>(found.st_size) > kEngineLogBytesMax) {
    std::rename(path.c_str(), (path + ".old").c_str());
  }
  absl::StatusOr<FileDescriptor> file = OpenFile(path, O_WRONLY | O_CREAT | O_APPEND);
  if (file.ok()) file_ = *std::move(file);
}

void EngineLog::Logv(const char* format, va_list arguments) {
  if (file_.number() < 0) return;
  std::array<char, kLineBytesMax> text;
  const int size = std::vsnprintf(text.data(), text.size(), format, arguments);
  if (size < 0) return;
  const std::string line = absl::StrCat(
      absl::FormatTime("%E4Y-%m-%dT%H:%M:%E6SZ ",
                       absl::FromUnixMicros(static_cast<int64_t>(env_.NowMicros())),
                       absl::UTCTimeZone()),
      absl::string_view(text.data(), std::min(static_cast<size_t>(size), text.size() - 1)), "\n");
  // One write, so that lines of several threads stay apart; a line that is lost is lost.
  [[maybe_unused]] const ssize_t written = write(file_.number(), line.data(), line.size());
}

}  // namespace passend::storage
