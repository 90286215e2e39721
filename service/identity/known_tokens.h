// Tokens whose signature was found good, so that a caller's second call costs microseconds.
#ifndef PASSEND_SERVICE_IDENTITY_KNOWN_TOKENS_H_
#define PASSEND_SERVICE_IDENTITY_KNOWN_TOKENS_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "service/call/caller.h"

namespace passend::service {

class KeySet;

// What a token says that was signed as it should be; its times are looked at in every call.
struct KnownToken {
  Caller caller;
  absl::Time not_before = absl::InfinitePast();
  absl::Time expires = absl::InfinitePast();
};

// Holds digests of tokens, no tokens. What was known by other keys is forgotten with them, so that
// a key that was taken away lets nobody in any more. At most 2 * kKnownTokensMax are held; the
// oldest go.
//
// Thread safety: all methods may be called from any thread.
class KnownTokens {
 public:
  std::optional<KnownToken> Find(std::string_view token, const std::shared_ptr<const KeySet>& keys);
  void Add(std::string_view token, const std::shared_ptr<const KeySet>& keys, KnownToken known);

 private:
  using Tokens = absl::flat_hash_map<std::string, KnownToken>;

  void Follow(const std::shared_ptr<const KeySet>& keys) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  absl::Mutex mutex_;
  std::shared_ptr<const KeySet> keys_ ABSL_GUARDED_BY(mutex_);
  Tokens newer_ ABSL_GUARDED_BY(mutex_);
  Tokens older_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_IDENTITY_KNOWN_TOKENS_H_
