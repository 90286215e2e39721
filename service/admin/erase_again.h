// Erasing somebody once more in a database that was restored from before their erasure.
#ifndef PASSEND_SERVICE_ADMIN_ERASE_AGAIN_H_
#define PASSEND_SERVICE_ADMIN_ERASE_AGAIN_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "storage/store.h"

namespace passend::service {

// Commits a tombstone, and takes everything that the store has of the person, earlier versions and
// looks too. Errors of the store.
absl::Status EraseAgain(storage::Store& store, const std::string& person, absl::Time now);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ADMIN_ERASE_AGAIN_H_
