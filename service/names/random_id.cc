#include "service/names/random_id.h"

#include <cstdint>

namespace passend::service {
namespace {

constexpr size_t kIdBytes = 16;
constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz234567";

}  // namespace

std::string RandomId(const Surroundings& surroundings) {
  std::string id;
  uint32_t bits = 0;
  int bit_count = 0;
  for (const char byte : surroundings.random_bytes(kIdBytes)) {
    bits = (bits << 8) | static_cast<unsigned char>(byte);
    bit_count += 8;
    for (; bit_count >= 5; bit_count -= 5) id += kAlphabet[(bits >> (bit_count - 5)) & 31];
  }
  if (bit_count > 0) id += kAlphabet[(bits << (5 - bit_count)) & 31];
  return id;
}

}  // namespace passend::service
