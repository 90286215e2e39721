// A file in memory, with a path, that only its owner may use.
#ifndef PASSEND_TESTS_FUZZ_MEMORY_FILE_H_
#define PASSEND_TESTS_FUZZ_MEMORY_FILE_H_

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace passend::fuzz {

class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : file_(memfd_create("fuzz", 0)) {
    if (file_ < 0 || fchmod(file_, 0600) != 0 ||
        write(file_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
      std::abort();
    }
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return absl::StrCat("/proc/self/fd/", file_); }

 private:
  const int file_;
};

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_MEMORY_FILE_H_
