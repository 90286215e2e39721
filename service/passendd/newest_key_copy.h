// When people's keys were copied last, as the folder of the copies says.
#ifndef PASSEND_SERVICE_PASSENDD_NEWEST_KEY_COPY_H_
#define PASSEND_SERVICE_PASSENDD_NEWEST_KEY_COPY_H_

#include <string>

#include "absl/time/time.h"

namespace passend::service {

// The newest time in the names of its copies (key_backups.h). InfinitePast where there is none, or
// the folder cannot be read.
absl::Time NewestKeyCopy(const std::string& folder);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_NEWEST_KEY_COPY_H_
