// The bits of a W3C Bitstring Status List 1.0, packed as the standard says: GZIP, then base64url
// with the multibase prefix `u`.
#ifndef PASSEND_SERVICE_CREDENTIAL_BIT_LIST_H_
#define PASSEND_SERVICE_CREDENTIAL_BIT_LIST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace passend::service {

class BitList {
 public:
  // So many bits, a multiple of eight, none of them set.
  explicit BitList(uint32_t bits) : bytes_(bits / 8, '\0') {}

  // Unpacks. Nullopt for what is not packed so, or has no byte or more than kUnpackedListBytesMax.
  static std::optional<BitList> Unpack(std::string_view packed);
  std::string Pack() const;

  uint32_t size() const { return static_cast<uint32_t>(bytes_.size() * 8); }
  // Needs index < size(). The first bit is the highest of the first byte.
  void Set(uint32_t index) { bytes_[index / 8] = static_cast<char>(ByteAt(index) | MaskOf(index)); }
  bool Has(uint32_t index) const { return (ByteAt(index) & MaskOf(index)) != 0; }

 private:
  unsigned ByteAt(uint32_t index) const { return static_cast<unsigned char>(bytes_[index / 8]); }
  static unsigned MaskOf(uint32_t index) { return 0x80u >> (index % 8); }

  std::string bytes_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_BIT_LIST_H_
