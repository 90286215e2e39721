// Keys in memory, authenticated encryption with them, and where randomness comes from. The cipher
// is XChaCha20-Poly1305 of libsodium: its nonces are long enough to be drawn at random.
//
// Thread safety: functions may be called from any thread; a SecretKey is plain data.
#ifndef PASSEND_STORAGE_SECRET_KEY_H_
#define PASSEND_STORAGE_SECRET_KEY_H_

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace passend::storage {

inline constexpr size_t kSecretKeyBytes = 32;
inline constexpr size_t kNonceBytes = 24;
inline constexpr size_t kTagBytes = 16;
// What encryption adds: the nonce before, the tag behind.
inline constexpr size_t kCipherOverheadBytes = kNonceBytes + kTagBytes;

// Wiped when it goes.
class SecretKey {
 public:
  SecretKey() = default;
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();

  std::span<unsigned char, kSecretKeyBytes> bytes() { return bytes_; }
  std::span<const unsigned char, kSecretKeyBytes> bytes() const { return bytes_; }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

 private:
  std::array<unsigned char, kSecretKeyBytes> bytes_{};
};

// Fills with random bytes that are fit for keys. Called from any thread.
using FillRandom = std::function<void(std::span<unsigned char>)>;
FillRandom SystemRandom();

SecretKey RandomKey(const FillRandom& random);

// Appends nonce, ciphertext and tag. `bound` is not kept: who decrypts has to know it.
void AppendEncrypted(std::string& out, const SecretKey& key, const FillRandom& random,
                     std::string_view bound, std::string_view plain);

// Decrypts into `plain`, which has room for kCipherOverheadBytes less than `encrypted` has. False
// when anything does not fit: key, bytes or what they are bound to.
bool DecryptInto(std::span<unsigned char> plain, const SecretKey& key, std::string_view bound,
                 std::string_view encrypted);

// A key that was encrypted as such; nullopt when anything does not fit.
std::optional<SecretKey> DecryptKey(const SecretKey& key, std::string_view bound,
                                    std::string_view encrypted);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_SECRET_KEY_H_
