#include "service/passendd/newest_key_copy.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace passend::service {

absl::Time NewestKeyCopy(const std::string& folder) {
  absl::Time newest = absl::InfinitePast();
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    absl::Time made;
    if (absl::ParseTime("keys-%E4Y%m%dT%H%M%SZ", entry.path().filename().string(), &made,
                        nullptr)) {
      newest = std::max(newest, made);
    }
  }
  return error ? absl::InfinitePast() : newest;
}

}  // namespace passend::service
