#include "service/client/whole_file.h"

#include <unistd.h>

#include <fstream>

namespace passend::client {

absl::Status WriteWholeFile(const std::string& path, const std::string& text,
                            std::filesystem::perms permissions) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path target(path);
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), error);
  const fs::path fresh = path + ".new-" + std::to_string(getpid());
  {
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    fs::permissions(fresh, permissions, error);
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
