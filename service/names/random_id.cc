#include "service/names/random_id.h"

#include <cstdint>

namespace passend::service {
namespace {

constexpr size_t kIdCharacters = 26;
constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

}  // namespace

std::string RandomId(const Surroundings& surroundings) {
  return RandomIdOf(surroundings.random_bytes(kRandomIdBytes));
}

std::string RandomIdOf(std::string_view bytes) {
  std::string id;
  uint32_t bits = 0;
  int bit_count = 0;
  for (const char byte : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(byte);
    bit_count += 8;
    for (; bit_count >= 5; bit_count -= 5) id += kAlphabet[(bits >> (bit_count - 5)) & 31];
  }
  if (bit_count > 0) id += kAlphabet[(bits << (5 - bit_count)) & 31];
  return id;
}

std::optional<std::string> BytesOfRandomId(std::string_view id) {
  if (id.size() != kIdCharacters) return std::nullopt;
  std::string bytes;
  uint32_t bits = 0;
  int bit_count = 0;
  for (const char character : id) {
    const size_t value = kAlphabet.find(character);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 5) | static_cast<uint32_t>(value);
    bit_count += 5;
    if (bit_count >= 8) {
      bytes += static_cast<char>((bits >> (bit_count - 8)) & 0xff);
      bit_count -= 8;
    }
  }
  // What is left over is padding, which is zero.
  if ((bits & ((uint32_t{1} << bit_count) - 1)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace passend::service
