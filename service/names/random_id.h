// Ids that say nothing and are never given twice.
#ifndef PASSEND_SERVICE_NAMES_RANDOM_ID_H_
#define PASSEND_SERVICE_NAMES_RANDOM_ID_H_

#include <string>

#include "service/surroundings.h"

namespace passend::service {

// 128 random bits as 26 characters of a-z and 2-7 (RFC 4648 base32 in lower case, without
// padding).
std::string RandomId(const Surroundings& surroundings);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_NAMES_RANDOM_ID_H_
