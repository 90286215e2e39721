#include "storage/record_cipher.h"

#include <vector>

#include "storage/byte_codec.h"
#include "storage/key_store_errors.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

// Of an id of kPersonHistory, all but the record's id: kind, zero byte, version.
constexpr size_t kHistoryIdBytesMin = 1 + 1 + sizeof(Version);

void AppendBound(std::string& bound, RecordKind kind, std::string_view id, Version version) {
  bound.append("passend record 1 ");
  AppendNumber(bound, static_cast<uint8_t>(kind));
  AppendBytes<uint16_t>(bound, id);
  AppendNumber(bound, version);
}

}  // namespace

std::optional<std::string_view> PersonOf(RecordKind kind, std::string_view id) {
  switch (kind) {
    case RecordKind::kPassport:
    case RecordKind::kExposure:
    case RecordKind::kValidationBook:
    case RecordKind::kConsentBook:
    case RecordKind::kRevealBook:
    case RecordKind::kProposalBook:
    case RecordKind::kPartnerBook:
    case RecordKind::kCredentialBook:
      return id;
    case RecordKind::kValidation:
    case RecordKind::kLook:
      return id.substr(0, id.find('/'));
    case RecordKind::kPersonHistory:
      return id.size() < kHistoryIdBytesMin ? id : id.substr(1, id.size() - kHistoryIdBytesMin);
    default:
      return std::nullopt;
  }
}

std::string BoundToRecord(RecordKind kind, std::string_view id, Version version) {
  std::string bound;
  AppendBound(bound, kind, id, version);
  return bound;
}

absl::Status RecordCipher::Prepare(const Batch& batch) const {
  std::vector<std::string_view> people;
  for (const Mutation& mutation : batch.mutations) {
    if (!mutation.value) continue;
    if (const auto person = PersonOf(mutation.key.kind, mutation.key.id)) {
      people.push_back(*person);
    }
  }
  return people.empty() ? absl::OkStatus() : keys_->Ensure(people);
}

absl::StatusOr<std::optional<std::string>> RecordCipher::Encrypt(const Key& key, Version version,
                                                                 std::string_view value) const {
  const std::optional<std::string_view> person = PersonOf(key.kind, key.id);
  if (!person) return std::nullopt;
  const absl::StatusOr<std::optional<SecretKey>> secret = keys_->Find(*person);
  if (!secret.ok()) return secret.status();
  if (!*secret) return PersonErased(key.kind);
  std::string encrypted;
  AppendEncrypted(encrypted, **secret, random_, BoundToRecord(key.kind, key.id, version), value);
  return encrypted;
}

bool RecordCipher::IsGone(RecordKind kind, std::string_view id) const {
  const std::optional<std::string_view> person = PersonOf(kind, id);
  return person && keys_->IsDestroyed(*person);
}

absl::StatusOr<std::optional<std::string_view>> Decrypter::Read(RecordKind kind,
                                                                std::string_view id,
                                                                const SealedView& sealed) {
  const bool encrypted = sealed.form == Content::kEncrypted;
  const bool expected = cipher_ != nullptr && PersonOf(kind, id).has_value();
  if (encrypted != expected) {
    return Damaged(KindName(kind), encrypted ? "it is encrypted, and none such should be"
                                             : "it is not encrypted, and all such should be");
  }
  if (!encrypted) return sealed.content;
  return Decrypt(kind, id, sealed);
}

absl::StatusOr<std::optional<std::string_view>> Decrypter::Decrypt(RecordKind kind,
                                                                   std::string_view id,
                                                                   const SealedView& sealed) {
  const absl::StatusOr<std::optional<SecretKey>> key = cipher_->keys().Find(*PersonOf(kind, id));
  if (!key.ok()) return key.status();
  if (!*key) return std::nullopt;
  bound_.clear();
  AppendBound(bound_, kind, id, sealed.version);
  const std::string_view encrypted = sealed.content;
  if (encrypted.size() >= kCipherOverheadBytes) {
    const size_t size = encrypted.size() - kCipherOverheadBytes;
    if (plain_.size() < size) plain_.resize(size);
    if (DecryptInto({reinterpret_cast<unsigned char*>(plain_.data()), size}, **key, bound_,
                    encrypted)) {
      return std::string_view(plain_).substr(0, size);
    }
  }
  return Damaged(KindName(kind), "it was not encrypted for this key, place and version");
}

}  // namespace passend::storage
