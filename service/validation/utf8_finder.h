// Finds out why a message cannot be parsed. The generated parser only says that it failed.
#ifndef PASSEND_SERVICE_VALIDATION_UTF8_FINDER_H_
#define PASSEND_SERVICE_VALIDATION_UTF8_FINDER_H_

#include <optional>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace passend::service {

// Whether `text` is UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool IsUtf8(std::string_view text);

// How many code points; needs UTF-8.
size_t CharactersIn(std::string_view text);

// Walks the wire format of a `type` in `bytes` and gives the path of the first string field that
// is not UTF-8, such as `passport.paces[1].place`; nullopt where there is none before the bytes end
// or stop being a message. Never reads past `bytes`, whatever they are.
std::optional<std::string> FindInvalidUtf8(const google::protobuf::Descriptor& type,
                                           std::string_view bytes);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATION_UTF8_FINDER_H_
