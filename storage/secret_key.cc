#include "storage/secret_key.h"

#include <sodium.h>

#include <array>

namespace passend::storage {
namespace {

static_assert(kSecretKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kNonceBytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

FillRandom SystemRandom() {
  return [](std::span<unsigned char> bytes) { randombytes_buf(bytes.data(), bytes.size()); };
}

SecretKey RandomKey(const FillRandom& random) {
  SecretKey key;
  random(key.bytes());
  return key;
}

void AppendEncrypted(std::string& out, const SecretKey& key, const FillRandom& random,
                     std::string_view bound, std::string_view plain) {
  const size_t start = out.size();
  out.resize(start + kCipherOverheadBytes + plain.size());
  auto* const nonce = reinterpret_cast<unsigned char*>(out.data() + start);
  random({nonce, kNonceBytes});
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonceBytes, nullptr, Bytes(plain),
                                             plain.size(), Bytes(bound), bound.size(), nullptr,
                                             nonce, key.bytes().data());
}

bool DecryptInto(std::span<unsigned char> plain, const SecretKey& key, std::string_view bound,
                 std::string_view encrypted) {
  if (encrypted.size() < kCipherOverheadBytes ||
      plain.size() < encrypted.size() - kCipherOverheadBytes) {
    return false;
  }
  const std::string_view sealed = encrypted.substr(kNonceBytes);
  return crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, Bytes(sealed),
                                                    sealed.size(), Bytes(bound), bound.size(),
                                                    Bytes(encrypted), key.bytes().data()) == 0;
}

std::optional<SecretKey> DecryptKey(const SecretKey& key, std::string_view bound,
                                    std::string_view encrypted) {
  SecretKey found;
  if (encrypted.size() != kSecretKeyBytes + kCipherOverheadBytes) return std::nullopt;
  if (!DecryptInto(found.bytes(), key, bound, encrypted)) return std::nullopt;
  return found;
}

}  // namespace passend::storage
