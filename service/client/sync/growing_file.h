// A file that grows and is never in doubt.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_GROWING_FILE_H_
#define PASSEND_SERVICE_CLIENT_SYNC_GROWING_FILE_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace passend::client {

// A file that is written to at its end. What was written and flushed outlives a crash of the
// machine. Only the owner can read it. Not thread-safe.
class GrowingFile {
 public:
  // Opens it, makes it where it is not there, and cuts off what is after `bytes`: what a run wrote
  // before it was killed, without having noted it. DATA_LOSS where the file is shorter: it is not
  // the one that was noted. INTERNAL, with the cause.
  static absl::StatusOr<GrowingFile> Open(const std::string& path, std::int64_t bytes);
  GrowingFile(GrowingFile&& other) noexcept;
  GrowingFile& operator=(GrowingFile&&) = delete;
  ~GrowingFile();

  // INTERNAL, with the cause, such as a full disk.
  absl::Status Append(const std::string& bytes);
  absl::Status Flush();

  std::int64_t bytes() const { return bytes_; }

 private:
  GrowingFile(std::string path, int file, std::int64_t bytes)
      : path_(std::move(path)), file_(file), bytes_(bytes) {}

  std::string path_;
  int file_;
  std::int64_t bytes_;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_GROWING_FILE_H_
