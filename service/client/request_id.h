// Ids that make requests repeatable.
#ifndef PASSEND_SERVICE_CLIENT_REQUEST_ID_H_
#define PASSEND_SERVICE_CLIENT_REQUEST_ID_H_

#include <string>
#include <vector>

namespace passend::client {

// `prefix`, "-" and 32 hexadecimal digits of a BLAKE2b hash of the texts, told apart from each
// other: {"a", "bc"} is not {"ab", "c"}. The same texts give the same id, everywhere. Pure.
std::string RequestIdOf(const std::string& prefix, const std::vector<std::string>& texts);

// Bytes as hexadecimal digits, lower case.
std::string Hexadecimal(const std::string& bytes);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_REQUEST_ID_H_
