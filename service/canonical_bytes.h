// The content of a message as bytes that are the same whenever the content is.
#ifndef PASSEND_SERVICE_CANONICAL_BYTES_H_
#define PASSEND_SERVICE_CANONICAL_BYTES_H_

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"

namespace passend::service {

// Serialised with map entries in order. One binary gives the same bytes for the same content.
std::string CanonicalBytes(const google::protobuf::Message& message);

// BLAKE2b-256.
std::string TextDigest(std::string_view text);

// TextDigest of the type and the canonical bytes, without the named fields of the message itself.
// Names of fields that it does not have are passed over.
std::string ContentDigest(const google::protobuf::Message& message,
                          const std::vector<std::string>& left_out);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CANONICAL_BYTES_H_
