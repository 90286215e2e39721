// Writing a file in one go.
#ifndef PASSEND_SERVICE_CLIENT_WHOLE_FILE_H_
#define PASSEND_SERVICE_CLIENT_WHOLE_FILE_H_

#include <string>

#include "absl/status/status.h"

namespace passend::client {

// Writes all of a file in one go, so that a reader sees the old file or the new one, also after a
// crash of the process; folders are made, and only the owner can read it. INTERNAL, with the cause.
absl::Status WriteWholeFile(const std::string& path, const std::string& text);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_WHOLE_FILE_H_
