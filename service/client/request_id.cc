#include "service/client/request_id.h"

#include <sodium.h>

namespace passend::client {

std::string RequestIdOf(const std::string& prefix, const std::vector<std::string>& texts) {
  std::string hash(16, '\0');
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  for (const std::string& text : texts) {
    const std::string size = std::to_string(text.size()) + ":";
    for (const std::string& part : {size, text}) {
      crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                                part.size());
    }
  }
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
  return prefix + "-" + Hexadecimal(hash);
}

std::string Hexadecimal(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string digits;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    digits += kDigits[byte >> 4];
    digits += kDigits[byte & 15];
  }
  return digits;
}

}  // namespace passend::client
