// Signed JSON in its compact form: header.payload.signature, each in base64url (RFC 7515).
#ifndef PASSEND_SERVICE_CREDENTIAL_COMPACT_JWT_H_
#define PASSEND_SERVICE_CREDENTIAL_COMPACT_JWT_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "service/identity/key_set.h"

namespace passend::service {

// Without padding.
std::string Base64UrlOf(std::string_view bytes);

// What is read of a compact JWT before anything of it is believed.
struct OpenedJwt {
  SignedParts parts;  // views into the text
  nlohmann::json header;
  nlohmann::json payload;
};

// Nullopt for what is no compact JWT of two JSON objects, each without a member that comes twice
// and in the one spelling that base64url has. `text` has to outlive what is given.
std::optional<OpenedJwt> OpenJwt(std::string_view text);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_COMPACT_JWT_H_
