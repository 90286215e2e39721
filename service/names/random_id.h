// Ids that say nothing and are never given twice.
#ifndef PASSEND_SERVICE_NAMES_RANDOM_ID_H_
#define PASSEND_SERVICE_NAMES_RANDOM_ID_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "service/surroundings.h"

namespace passend::service {

// 128 random bits as 26 characters of a-z and 2-7 (RFC 4648 base32 in lower case, without
// padding).
std::string RandomId(const Surroundings& surroundings);

// The 16 bytes that such an id is of; nullopt for any other text. The pair of RandomIdOf.
inline constexpr size_t kRandomIdBytes = 16;
std::optional<std::string> BytesOfRandomId(std::string_view id);
std::string RandomIdOf(std::string_view bytes);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_NAMES_RANDOM_ID_H_
