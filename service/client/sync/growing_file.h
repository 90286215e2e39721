// A file that grows and is never in doubt.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_GROWING_FILE_H_
#define PASSEND_SERVICE_CLIENT_SYNC_GROWING_FILE_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace passend::client {

// A file that is written to at its end, by one at a time. What was written and flushed outlives a
// crash of the machine. Not thread-safe.
class GrowingFile {
 public:
  // Opens it, makes it where it is not there, and keeps others from it for as long as it is open;
  // what is in it stays. FAILED_PRECONDITION where somebody else has it open. INTERNAL, with the
  // cause.
  static absl::StatusOr<GrowingFile> Open(const std::string& path);
  GrowingFile(GrowingFile&& other) noexcept;
  GrowingFile& operator=(GrowingFile&&) = delete;
  ~GrowingFile();

  // Cuts off what is after `bytes`: what a run wrote before it was killed, without having noted it.
  // From now on only the owner can read it. DATA_LOSS where the file is shorter: it is not the one
  // that was noted. INTERNAL, with the cause.
  absl::Status CutTo(std::int64_t bytes);
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
