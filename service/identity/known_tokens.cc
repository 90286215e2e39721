#include "service/identity/known_tokens.h"

#include <sodium.h>

#include <utility>

#include "service/identity/limits.h"

namespace passend::service {
namespace {

// Nobody finds a second token with the same digest.
std::string DigestOf(std::string_view token) {
  std::string digest(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr,
                     0);
  return digest;
}

}  // namespace

void KnownTokens::Follow(const std::shared_ptr<const KeySet>& keys) {
  if (keys_ == keys) return;
  keys_ = keys;
  newer_.clear();
  older_.clear();
}

std::optional<KnownToken> KnownTokens::Find(std::string_view token,
                                            const std::shared_ptr<const KeySet>& keys) {
  const std::string digest = DigestOf(token);
  absl::MutexLock lock(&mutex_);
  Follow(keys);
  for (const Tokens* tokens : {&newer_, &older_}) {
    if (const auto at = tokens->find(digest); at != tokens->end()) return at->second;
  }
  return std::nullopt;
}

void KnownTokens::Add(std::string_view token, const std::shared_ptr<const KeySet>& keys,
                      KnownToken known) {
  std::string digest = DigestOf(token);
  absl::MutexLock lock(&mutex_);
  Follow(keys);
  if (newer_.size() >= kKnownTokensMax) {
    older_ = std::move(newer_);
    newer_.clear();
  }
  newer_.insert_or_assign(std::move(digest), std::move(known));
}

}  // namespace passend::service
