#include "storage/commit_group.h"

#include "storage/key_codec.h"
#include "storage/key_store_errors.h"
#include "storage/meta_codec.h"
#include "storage/store_errors.h"

namespace passend::storage {

CommitGroup::CommitGroup(const Database& database, const RecordCipher* cipher,
                         const JournalMark& head, Sequence floor)
    : database_(database),
      cipher_(cipher),
      floor_(floor),
      first_(head.sequence),
      head_(head),
      writes_(MakeWriteBatch()) {}

absl::StatusOr<CommitResult> CommitGroup::Add(const Batch& batch, absl::Time now) {
  if (batch.idempotency) {
    absl::StatusOr<std::optional<Receipt>> known = FindReceipt(batch.idempotency->request);
    if (!known.ok()) return known.status();
    if (*known) {
      if ((*known)->fingerprint != batch.idempotency->fingerprint) return RequestReused();
      return CommitResult{(*known)->sequence, (*known)->response};
    }
  }
  if (absl::Status status = CheckExpectations(batch.expectations); !status.ok()) return status;
  const absl::StatusOr<Replacements> encrypted = Encrypt(batch);
  if (!encrypted.ok()) return encrypted.status();
  Append(batch, *encrypted, now);
  return CommitResult{head_.sequence, std::nullopt};
}

rocksdb::Status CommitGroup::Write() {
  if (head_.sequence == first_) return rocksdb::Status::OK();
  database_.Put(writes_, Family::kMeta, kHeadKey, head_.sequence, EncodeMark(head_));
  return database_.Write(writes_);
}

absl::Status CommitGroup::CheckExpectations(const std::vector<Expectation>& expectations) const {
  for (const Expectation& expectation : expectations) {
    const absl::StatusOr<Version> found = VersionOf(expectation.key);
    if (!found.ok()) return found.status();
    if (*found != expectation.version) {
      return ExpectationFailed(expectation.key.kind, expectation.version, *found);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Version> CommitGroup::VersionOf(const Key& key) const {
  if (cipher_ != nullptr && cipher_->IsGone(key.kind, key.id)) return 0;
  const std::string record_key = EncodeRecordKey(key);
  if (const auto at = versions_.find(record_key); at != versions_.end()) return at->second;
  if (cipher_ != nullptr && cipher_->HasNoTombstone(key.kind, key.id)) return 0;
  const absl::StatusOr<std::optional<Sealed>> stored = database_.Get(Family::kRecord, record_key);
  if (!stored.ok()) return stored.status();
  return *stored ? (*stored)->version : 0;
}

absl::StatusOr<std::optional<Receipt>> CommitGroup::FindReceipt(const std::string& request) const {
  if (const auto at = receipts_.find(request); at != receipts_.end()) return at->second;
  return FindKeptReceipt(database_, request, floor_);
}

absl::StatusOr<CommitGroup::Replacements> CommitGroup::Encrypt(const Batch& batch) const {
  Replacements encrypted(batch.mutations.size());
  if (cipher_ == nullptr) return encrypted;
  for (size_t place = 0; place < batch.mutations.size(); ++place) {
    const auto& [key, value] = batch.mutations[place];
    if (!value) continue;
    const auto person = PersonOf(key.kind, key.id);
    // Erased by this group: the key goes once it is written.
    if (person && erased_.contains(std::string(*person))) return PersonErased(key.kind);
    auto replacement = cipher_->Encrypt(key, head_.sequence + 1, *value);
    if (!replacement.ok()) return replacement.status();
    encrypted[place] = *std::move(replacement);
  }
  return encrypted;
}

void CommitGroup::Append(const Batch& batch, const Replacements& encrypted, absl::Time now) {
  const std::string body = EncodeEntryBody(now, batch.events, batch.idempotency);
  head_ = Follow(head_, body);
  const Sequence sequence = head_.sequence;
  for (size_t place = 0; place < batch.mutations.size(); ++place) {
    const Mutation& mutation = batch.mutations[place];
    std::string key = EncodeRecordKey(mutation.key);
    if (encrypted[place]) {
      database_.Put(writes_, Family::kRecord, key, sequence, *encrypted[place],
                    Content::kEncrypted);
    } else if (mutation.value) {
      database_.Put(writes_, Family::kRecord, key, sequence, *mutation.value);
    } else {
      database_.Delete(writes_, Family::kRecord, key);
    }
    versions_[std::move(key)] = mutation.value ? sequence : 0;
    if (mutation.value && mutation.key.kind == RecordKind::kErasure) {
      erased_.insert(mutation.key.id);
    }
  }
  database_.Put(writes_, Family::kJournal, EncodeJournalKey(sequence), sequence,
                EncodeEntry(head_.chain, body));
  if (batch.idempotency) {
    const Idempotency& receipt = *batch.idempotency;
    database_.Put(writes_, Family::kReceipt, receipt.request, sequence, EncodeReceipt(receipt));
    receipts_[receipt.request] = {sequence, receipt.fingerprint, receipt.response};
  }
}

absl::StatusOr<std::optional<Receipt>> FindKeptReceipt(const Database& database,
                                                       std::string_view request, Sequence floor) {
  const absl::StatusOr<std::optional<Sealed>> sealed = database.Get(Family::kReceipt, request);
  if (!sealed.ok()) return sealed.status();
  if (!*sealed || (*sealed)->version <= floor) return std::nullopt;
  absl::StatusOr<Receipt> receipt = DecodeReceipt((*sealed)->version, (*sealed)->content);
  if (!receipt.ok()) return receipt.status();
  return *std::move(receipt);
}

}  // namespace passend::storage
