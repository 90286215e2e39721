// Whole numbers and byte strings on disk: big-endian, so that keys sort as their numbers do.
#ifndef PASSEND_STORAGE_BYTE_CODEC_H_
#define PASSEND_STORAGE_BYTE_CODEC_H_

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace passend::storage {

template <std::unsigned_integral Number>
void AppendNumber(std::string& out, Number number) {
  for (size_t i = sizeof(Number); i-- > 0;) {
    out.push_back(static_cast<char>(static_cast<uint8_t>(number >> (8 * i))));
  }
}

// The length as a `Length`, then the bytes. The caller's limits make sure that the length fits.
template <std::unsigned_integral Length>
void AppendBytes(std::string& out, std::string_view bytes) {
  AppendNumber(out, static_cast<Length>(bytes.size()));
  out.append(bytes);
}

// Takes numbers and bytes from the front of a view; nullopt once there are too few left.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::optional<std::string_view> Take(size_t count) {
    if (count > rest_.size()) return std::nullopt;
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  template <std::unsigned_integral Number>
  std::optional<Number> TakeNumber() {
    const std::optional<std::string_view> bytes = Take(sizeof(Number));
    if (!bytes) return std::nullopt;
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof(Number); ++i) {
      number = number << 8 | static_cast<uint8_t>((*bytes)[i]);
    }
    return static_cast<Number>(number);
  }

  template <std::unsigned_integral Length>
  std::optional<std::string_view> TakeBytes() {
    const std::optional<Length> length = TakeNumber<Length>();
    if (!length) return std::nullopt;
    return Take(*length);
  }

  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BYTE_CODEC_H_
