// JSON of which everybody reads the same: no member twice.
#ifndef PASSEND_SERVICE_IDENTITY_STRICT_JSON_H_
#define PASSEND_SERVICE_IDENTITY_STRICT_JSON_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace passend::service {

// The object that `text` is; nullopt for anything else, for a member that comes twice at any depth,
// and for text that is not UTF-8.
std::optional<nlohmann::json> ParseStrictObject(std::string_view text);

// The member's text; nullopt where it is missing or no text.
std::optional<std::string> TextOf(const nlohmann::json& object, const char* member);

// The bytes of base64url without padding, in the one spelling that they have; nullopt otherwise.
std::optional<std::string> FromBase64Url(std::string_view text);

// A part of a signed text (RFC 7515) in base64url, as ParseStrictObject reads it.
std::optional<nlohmann::json> ParseJwsPart(std::string_view base64url);

// Its header: what the library that looks at signatures cannot read (an integer beyond 64 bits, a
// zero character) is none.
std::optional<nlohmann::json> ParseJwsHeader(std::string_view base64url);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_IDENTITY_STRICT_JSON_H_
