// Writing a file in one go.
#ifndef PASSEND_SERVICE_CLIENT_WHOLE_FILE_H_
#define PASSEND_SERVICE_CLIENT_WHOLE_FILE_H_

#include <filesystem>
#include <string>

#include "absl/status/status.h"

namespace passend::client {

inline constexpr std::filesystem::perms kOwnersAlone =
    std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
inline constexpr std::filesystem::perms kForEverybody =
    kOwnersAlone | std::filesystem::perms::group_read | std::filesystem::perms::others_read;

// Writes all of a file in one go, so that a reader sees the old file or the new one, also after a
// crash of the process; folders are made, as the process makes them, and only the owner can read
// the file, unless `permissions` says otherwise. INTERNAL, with the cause.
absl::Status WriteWholeFile(const std::string& path, const std::string& text,
                            std::filesystem::perms permissions = kOwnersAlone);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_WHOLE_FILE_H_
