// The keys that partners' own ids are hidden with.
#ifndef PASSEND_SERVICE_SYNC_PARTNER_KEYS_H_
#define PASSEND_SERVICE_SYNC_PARTNER_KEYS_H_

#include <sodium.h>

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

// One partner's key: the partner knows it, and nobody else. Immutable; any number of threads may
// use it.
class PartnerKey {
 public:
  explicit PartnerKey(std::string bytes);

  const std::string& bytes() const { return bytes_; }  // 32

  // HMAC-SHA256 of the id, as 64 hexadecimal digits.
  std::string PlaceOf(std::string_view external_id) const;
  // HMAC-SHA256 of the id, a zero byte and the revision, 32 bytes; empty where there is no
  // revision.
  std::string MarkOf(std::string_view external_id, std::string_view revision) const;

 private:
  std::string bytes_;
  crypto_auth_hmacsha256_state start_;  // with the key, before any text
};

// Immutable; any number of threads may use it.
class PartnerKeys {
 public:
  // `secret`: 32 bytes.
  explicit PartnerKeys(std::string secret) : secret_(std::move(secret)) {}

  // With the secret of the database, which is made where there is none. Errors of the store;
  // DAMAGED_DATA for a secret of another length.
  static absl::StatusOr<PartnerKeys> Load(storage::Store& store, const Surroundings& surroundings);

  // HMAC-SHA256 of the name, `partners/{partner}`, under the secret: always the same.
  PartnerKey For(std::string_view partner) const;

 private:
  std::string secret_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_PARTNER_KEYS_H_
