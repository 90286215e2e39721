// What operators are told of backups and checks.
#ifndef PASSEND_SERVICE_CLIENT_ADMIN_ADMIN_TEXT_H_
#define PASSEND_SERVICE_CLIENT_ADMIN_ADMIN_TEXT_H_

#include <cstdint>
#include <string>

#include "passend/v1/admin_service.pb.h"
#include "service/client/style.h"
#include "storage/backup/backups.h"
#include "storage/backup/restore.h"

namespace passend::client {

// "17 bytes", "3.4 kB", "12.0 GB": powers of a thousand.
std::string BytesText(uint64_t bytes);

// Each with its line's end.
std::string JobText(const Style& style, const passend::v1::AdminJob& job);
std::string VerifiedText(const Style& style, const storage::VerifiedFolder& folder);
std::string RestoredText(const Style& style, const storage::RestoredBackup& restored,
                         const std::string& target);

// The outcome of a check of files, as the job of a server would have it.
passend::v1::AdminJob JobOf(const storage::CheckedContents& checked);
passend::v1::AdminJob JobOf(const storage::VerifiedBackup& backup);
passend::v1::AdminJob JobOf(const storage::RestoredBackup& restored);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_ADMIN_ADMIN_TEXT_H_
