// A file that is there while the server answers, with its address in it.
#ifndef PASSEND_SERVICE_PASSENDD_READY_FILE_H_
#define PASSEND_SERVICE_PASSENDD_READY_FILE_H_

#include <string>
#include <utility>

#include "absl/status/status.h"

namespace passend::service {

// Removes the file at destruction, if it wrote it.
class ReadyFile {
 public:
  // An empty path: no file.
  explicit ReadyFile(std::string path) : path_(std::move(path)) {}
  ~ReadyFile();
  ReadyFile(const ReadyFile&) = delete;
  ReadyFile& operator=(const ReadyFile&) = delete;

  // Writes `address` and a line's end; whoever sees the file sees all of it. UNAVAILABLE.
  absl::Status Write(const std::string& address);

 private:
  std::string path_;
  bool written_ = false;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_READY_FILE_H_
