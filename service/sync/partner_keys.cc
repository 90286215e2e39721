#include "service/sync/partner_keys.h"

#include <initializer_list>

#include "absl/strings/escaping.h"
#include "service/errors/call_errors.h"

namespace passend::service {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr char kSecretId[] = "partner-keys";

const unsigned char* BytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string FinishedWith(crypto_auth_hmacsha256_state state,
                         std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    crypto_auth_hmacsha256_update(&state, BytesOf(text), text.size());
  }
  std::string code(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(code.data()));
  return code;
}

}  // namespace

PartnerKey::PartnerKey(std::string bytes) : bytes_(std::move(bytes)) {
  crypto_auth_hmacsha256_init(&start_, BytesOf(bytes_), bytes_.size());
}

std::string PartnerKey::PlaceOf(std::string_view external_id) const {
  return absl::BytesToHexString(FinishedWith(start_, {external_id}));
}

std::string PartnerKey::MarkOf(std::string_view external_id, std::string_view revision) const {
  if (revision.empty()) return "";
  return FinishedWith(start_, {external_id, std::string_view("\0", 1), revision});
}

absl::StatusOr<PartnerKeys> PartnerKeys::Load(storage::Store& store,
                                              const Surroundings& surroundings) {
  const storage::Key key{storage::RecordKind::kSecret, kSecretId};
  auto records = store.Read({key});
  if (!records.ok()) return records.status();
  if (!records->front()) {
    storage::Batch batch;
    batch.expectations = {{key, 0}};
    std::string secret = surroundings.random_bytes(kSecretBytes);
    batch.mutations.push_back({key, secret});
    auto committed = store.Commit(std::move(batch));
    if (!committed.ok()) return committed.status();
    return PartnerKeys(std::move(secret));
  }
  if (records->front()->value.size() != kSecretBytes) return DamagedData("a stored secret");
  return PartnerKeys(records->front()->value);
}

PartnerKey PartnerKeys::For(std::string_view partner) const {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, BytesOf(secret_), secret_.size());
  return PartnerKey(FinishedWith(state, {partner}));
}

}  // namespace passend::service
