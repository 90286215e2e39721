// Encrypts the records that are a person's own with that person's key. What a value is encrypted
// for goes into it: kind, id and version, so that neither another record's value nor an older one
// of the same record can be put in its place.
//
// Thread safety: a RecordCipher may be used from any thread; a Decrypter by one at a time.
#ifndef PASSEND_STORAGE_RECORD_CIPHER_H_
#define PASSEND_STORAGE_RECORD_CIPHER_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/envelope.h"
#include "storage/person_keys.h"
#include "storage/store.h"

namespace passend::storage {

// Whose record it is: passports, their books of validations (and validations with records of their
// own, of before there were books), of consents, of reveals, of proposals and of what partners
// said, exposures, earlier versions of these, and looks at the person. nullopt for all others:
// nobody's.
std::optional<std::string_view> PersonOf(RecordKind kind, std::string_view id);

// What the value is bound to; see FORMAT.md.
std::string BoundToRecord(RecordKind kind, std::string_view id, Version version);

class RecordCipher {
 public:
  // `keys` exist.
  explicit RecordCipher(std::shared_ptr<PersonKeys> keys, FillRandom random = SystemRandom())
      : keys_(std::move(keys)), random_(std::move(random)) {}

  PersonKeys& keys() const { return *keys_; }

  // Makes sure that everybody whose records the batch writes has a durable key. Before the batch is
  // committed, and outside of all locks: it may sync. Errors of PersonKeys::Ensure.
  absl::Status Prepare(const Batch& batch) const;

  // nullopt for a record that is nobody's: it is kept as it is. ABORTED when the person was erased;
  // errors of PersonKeys::Find.
  absl::StatusOr<std::optional<std::string>> Encrypt(const Key& key, Version version,
                                                     std::string_view value) const;

  // Whether a record is of a person whose key was destroyed: then it counts as not there.
  bool IsGone(RecordKind kind, std::string_view id) const;

  // Whether it is the tombstone of somebody who was not erased, so that it cannot be there: the key
  // goes with the commit that writes one, and at each opening with those that were written without
  // keys.
  bool HasNoTombstone(RecordKind kind, std::string_view id) const {
    return kind == RecordKind::kErasure && !keys_->IsDestroyed(id);
  }

 private:
  const std::shared_ptr<PersonKeys> keys_;
  const FillRandom random_;
};

// Reads one value after another, decrypted into the same memory.
class Decrypter {
 public:
  // Null: nothing is encrypted.
  explicit Decrypter(const RecordCipher* cipher) : cipher_(cipher) {}

  // The value of a record: good until the next call, and for as long as `sealed`. nullopt when the
  // person's key was destroyed. DATA_LOSS when the key is missing, when the value was not encrypted
  // for this record and this version, and when it is not encrypted where it should be.
  absl::StatusOr<std::optional<std::string_view>> Read(RecordKind kind, std::string_view id,
                                                       const SealedView& sealed);

 private:
  absl::StatusOr<std::optional<std::string_view>> Decrypt(RecordKind kind, std::string_view id,
                                                          const SealedView& sealed);

  const RecordCipher* const cipher_;
  std::string bound_;
  std::string plain_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_RECORD_CIPHER_H_
