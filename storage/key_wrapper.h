// The key above all others, wherever it is kept: in a file (storage/master_key_file.h), or in a
// device or service that never gives it away (PKCS#11, a cloud's key service). It wraps one key of
// the store (storage/person_keys.h), so it is asked once when a store is opened and once when it is
// exchanged, however many people there are.
#ifndef PASSEND_STORAGE_KEY_WRAPPER_H_
#define PASSEND_STORAGE_KEY_WRAPPER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/secret_key.h"

namespace passend::storage {

inline constexpr size_t kMasterKeyIdBytesMax = 64;
inline constexpr size_t kWrappedKeyBytesMax = 1'024;  // RSA-4096 needs half of it

struct WrappedKey {
  std::string master_id;  // which master key; 1 to kMasterKeyIdBytesMax bytes
  std::string bytes;      // up to kWrappedKeyBytesMax
};

// Thread safety: all methods may be called from any thread.
class KeyWrapper {
 public:
  virtual ~KeyWrapper() = default;

  // The id of the key that Wrap takes.
  virtual std::string current_id() const = 0;

  // UNAVAILABLE where the key cannot be used now.
  virtual absl::StatusOr<WrappedKey> Wrap(const SecretKey& key) const = 0;

  //   FAILED_PRECONDITION  the master key of that id is not (or no longer) there
  //   DATA_LOSS            it is there, and is not the one that wrapped these bytes
  //   UNAVAILABLE          it cannot be used now
  virtual absl::StatusOr<SecretKey> Unwrap(const WrappedKey& wrapped) const = 0;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_KEY_WRAPPER_H_
