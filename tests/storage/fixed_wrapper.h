// A master key for tests: known, and in no file.
#ifndef PASSEND_TESTS_STORAGE_FIXED_WRAPPER_H_
#define PASSEND_TESTS_STORAGE_FIXED_WRAPPER_H_

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "storage/key_wrapper.h"

namespace passend::storage {

// Wraps under the key `letter`, 32 times, whose id is "fixed-<letter>"; unwraps only what it
// wrapped.
class FixedWrapper final : public KeyWrapper {
 public:
  explicit FixedWrapper(char letter = 'a') : letter_(letter) {
    std::ranges::fill(master_.bytes(), static_cast<unsigned char>(letter));
  }

  std::string current_id() const override { return std::string("fixed-") + letter_; }
  absl::StatusOr<WrappedKey> Wrap(const SecretKey& key) const override {
    WrappedKey wrapped{current_id(), {}};
    AppendEncrypted(wrapped.bytes, master_, SystemRandom(), current_id(), key.view());
    return wrapped;
  }
  absl::StatusOr<SecretKey> Unwrap(const WrappedKey& wrapped) const override {
    if (wrapped.master_id != current_id()) {
      return absl::FailedPreconditionError("wrapped with another master key");
    }
    const auto key = DecryptKey(master_, current_id(), wrapped.bytes);
    if (!key) return absl::DataLossError("the master key does not fit");
    return *key;
  }

 private:
  const char letter_;
  SecretKey master_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_FIXED_WRAPPER_H_
