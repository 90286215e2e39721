// Master keys in a text file that only its owner can read:
//
//     # comments and empty lines are passed over
//     passend-master-key-1 k5f0c2b7 0b1e…64 hexadecimal digits…
//     passend-master-key-1 k91d3a60 77aa…
//
// The last one is current: what is wrapped from now on is wrapped with it. Those before it still
// unwrap. To exchange the master key, add a line, have the server read the file again, and remove
// the line before once no copy of people's keys that is under it is kept any more.
//
// Thread safety: an object never changes.
#ifndef PASSEND_STORAGE_MASTER_KEY_FILE_H_
#define PASSEND_STORAGE_MASTER_KEY_FILE_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/key_wrapper.h"

namespace passend::storage {

class MasterKeyFile final : public KeyWrapper {
  struct OnlyLoad {
    explicit OnlyLoad() = default;
  };

 public:
  //   NOT_FOUND            there is no such file
  //   FAILED_PRECONDITION  others than the owner may read or write it; a line is not as above; an
  //                        id is there twice; no key is in it
  //   UNAVAILABLE          it cannot be read
  static absl::StatusOr<std::shared_ptr<const MasterKeyFile>> Load(
      const std::string& path, FillRandom random = SystemRandom());

  // Use Load.
  MasterKeyFile(OnlyLoad, std::string path, FillRandom random)
      : path_(std::move(path)), random_(std::move(random)) {}

  // Makes the file with a new key, mode 0600, durably. ALREADY_EXISTS; UNAVAILABLE.
  static absl::Status Create(const std::string& path, const FillRandom& random);

  // Adds a new key behind those that the file has; whoever reads meanwhile sees all of the file or
  // all of the one before. Errors of Load; UNAVAILABLE.
  static absl::Status AddKey(const std::string& path, const FillRandom& random);

  std::string current_id() const override;
  absl::StatusOr<WrappedKey> Wrap(const SecretKey& key) const override;
  absl::StatusOr<SecretKey> Unwrap(const WrappedKey& wrapped) const override;

 private:
  struct MasterKey {
    std::string id;
    SecretKey key;
  };
  absl::Status ReadLine(std::string_view line, size_t number);

  const std::string path_;
  const FillRandom random_;
  std::vector<MasterKey> keys_;  // at least one once it is loaded
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_MASTER_KEY_FILE_H_
