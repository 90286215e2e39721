#include "service/client/whole_file.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace passend::client {

absl::Status WriteWholeFile(const std::string& path, const std::string& text) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path target(path);
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), error);
  const fs::path fresh = path + ".new-" + std::to_string(getpid());
  {
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write, error);
    file << text;
    file.flush();
    if (!file) {
      fs::remove(fresh, error);
      return absl::InternalError("cannot write " + fresh.string());
    }
  }
  fs::rename(fresh, target, error);
  if (!error) return absl::OkStatus();
  const std::string cause = error.message();
  fs::remove(fresh, error);
  return absl::InternalError("cannot write " + path + ": " + cause);
}

}  // namespace passend::client
