#include "service/passendd/ready_file.h"

#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace passend::service {

ReadyFile::~ReadyFile() {
  if (written_) std::remove(path_.c_str());
}

absl::Status ReadyFile::Write(const std::string& address) {
  if (path_.empty()) return absl::OkStatus();
  const std::string unfinished = absl::StrCat(path_, ".new");
  std::ofstream file(unfinished);
  file << address << '\n';
  file.close();
  if (!file || std::rename(unfinished.c_str(), path_.c_str()) != 0) {
    std::remove(unfinished.c_str());
    return absl::UnavailableError(absl::StrCat("--ready-file ", path_, ": cannot be written"));
  }
  written_ = true;
  return absl::OkStatus();
}

}  // namespace passend::service
