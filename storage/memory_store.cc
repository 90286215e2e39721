#include "storage/memory_store.h"

#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "storage/batch_check.h"
#include "storage/commit_signal.h"
#include "storage/journal_codec.h"
#include "storage/key_store_errors.h"
#include "storage/limits.h"
#include "storage/record_cipher.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

using Records = std::map<Key, std::shared_ptr<const Sealed>>;

SealedView ViewOf(const Sealed& stored) { return {stored.version, stored.content, stored.form}; }

absl::StatusOr<std::vector<std::optional<Record>>> ReadFrom(const Records& records,
                                                            const RecordCipher* cipher,
                                                            const std::vector<Key>& keys) {
  Decrypter decrypter(cipher);
  std::vector<std::optional<Record>> found;
  found.reserve(keys.size());
  for (const Key& key : keys) {
    if (absl::Status status = CheckKey(key); !status.ok()) return status;
    std::optional<Record>& record = found.emplace_back();
    const auto at = records.find(key);
    if (at == records.end()) continue;
    const auto value = decrypter.Read(key.kind, key.id, ViewOf(*at->second));
    if (!value.ok()) return value.status();
    if (*value) record = Record{key, at->second->version, std::string(**value)};
  }
  return found;
}

absl::Status ScanIn(const Records& records, const RecordCipher* cipher, const ScanRange& range,
                    const std::function<bool(const RecordView&)>& visit) {
  Decrypter decrypter(cipher);
  auto at = range.after < range.prefix ? records.lower_bound({range.kind, range.prefix})
                                       : records.upper_bound({range.kind, range.after});
  for (; at != records.end(); ++at) {
    const Key& key = at->first;
    if (key.kind != range.kind || !key.id.starts_with(range.prefix)) break;
    if (!range.until.empty() && key.id > range.until) break;
    const auto value = decrypter.Read(key.kind, key.id, ViewOf(*at->second));
    if (!value.ok()) return value.status();
    if (*value && !visit({key.kind, key.id, at->second->version, **value})) break;
  }
  return absl::OkStatus();
}

absl::Status ScanCopies(const Records& records, const RecordCipher* cipher, const ScanRange& range,
                        const std::function<bool(Record)>& visit) {
  return ScanIn(records, cipher, range, [&](const RecordView& record) {
    return visit(
        Record{{record.kind, std::string(record.id)}, record.version, std::string(record.value)});
  });
}

class MemorySnapshot final : public Snapshot {
 public:
  MemorySnapshot(Sequence sequence, Records records, const RecordCipher* cipher)
      : sequence_(sequence), records_(std::move(records)), cipher_(cipher) {}

  Sequence sequence() const override { return sequence_; }
  absl::StatusOr<std::vector<std::optional<Record>>> Read(
      const std::vector<Key>& keys) const override {
    return ReadFrom(records_, cipher_, keys);
  }
  absl::Status Scan(const ScanRange& range,
                    const std::function<bool(Record)>& visit) const override {
    return ScanCopies(records_, cipher_, range, visit);
  }
  absl::Status ScanViews(const ScanRange& range,
                         const std::function<bool(const RecordView&)>& visit) const override {
    return ScanIn(records_, cipher_, range, visit);
  }

 private:
  const Sequence sequence_;
  const Records records_;
  const RecordCipher* const cipher_;
};

// Thread safety: one writer or many readers hold `mutex_`. `last_` is announced while it is held
// for writing, so a reader never sees a sequence without its records.
class MemoryStore final : public Store {
 public:
  explicit MemoryStore(MemoryStoreOptions options) : options_(std::move(options)) {
    if (options_.keys != nullptr) cipher_ = std::make_unique<RecordCipher>(options_.keys);
  }

  absl::StatusOr<CommitResult> Commit(Batch batch) override {
    if (absl::StatusOr<size_t> bytes = CheckBatch(batch); !bytes.ok()) return bytes.status();
    if (cipher_ != nullptr) {
      if (absl::Status status = cipher_->Prepare(batch); !status.ok()) return status;
    }
    std::unique_lock lock(mutex_);
    if (options_.epoch < epoch_) return WriterFenced(options_.epoch, epoch_);
    if (batch.idempotency) {
      if (const auto at = receipts_.find(batch.idempotency->request); at != receipts_.end()) {
        if (at->second.fingerprint != batch.idempotency->fingerprint) return RequestReused();
        return CommitResult{at->second.sequence, at->second.response};
      }
    }
    if (absl::Status status = CheckExpectations(batch.expectations); !status.ok()) return status;
    if (absl::Status status = Encrypt(batch); !status.ok()) return status;
    if (absl::Status status = DestroyKeys(batch); !status.ok()) return status;
    return CommitResult{Apply(std::move(batch)), std::nullopt};
  }

  absl::StatusOr<std::vector<std::optional<Record>>> Read(
      const std::vector<Key>& keys) const override {
    std::shared_lock lock(mutex_);
    return ReadFrom(records_, cipher_.get(), keys);
  }

  absl::Status Scan(const ScanRange& range,
                    const std::function<bool(Record)>& visit) const override {
    std::shared_lock lock(mutex_);
    return ScanCopies(records_, cipher_.get(), range, visit);
  }

  absl::StatusOr<std::unique_ptr<Snapshot>> GetSnapshot() const override {
    std::shared_lock lock(mutex_);
    return std::make_unique<MemorySnapshot>(last_.Last(), records_, cipher_.get());
  }

  absl::StatusOr<std::vector<JournalEntry>> Tail(Sequence after, size_t limit) const override {
    if (absl::Status status = CheckTailLimit(limit); !status.ok()) return status;
    std::shared_lock lock(mutex_);
    if (after > last_.Last()) return BeyondLastCommit(after, last_.Last());
    if (after < compacted_.sequence) return JournalCompacted(after, compacted_.sequence);
    std::vector<JournalEntry> entries;
    size_t bytes = 0;
    for (auto at = journal_.upper_bound(after); at != journal_.end(); ++at) {
      if (entries.size() == limit || bytes >= kTailBytesTarget) break;
      entries.push_back(at->second.entry);
      bytes += EntryBytes(at->second.entry);
    }
    return entries;
  }

  absl::StatusOr<JournalSpan> CheckJournal() const override {
    std::shared_lock lock(mutex_);
    JournalMark reached = compacted_;
    for (const auto& [sequence, kept] : journal_) {
      reached = Follow(reached, BodyOf(kept));
      if (reached != JournalMark{sequence, kept.chain}) {
        return Damaged("the journal", "its chain is broken");
      }
    }
    return JournalSpan{PointOf(compacted_), PointOf(reached)};
  }

  absl::StatusOr<ChainPoint> ChainAt(Sequence sequence) const override {
    std::shared_lock lock(mutex_);
    if (sequence > last_.Last()) return BeyondLastCommit(sequence, last_.Last());
    if (sequence < compacted_.sequence) return JournalCompacted(sequence, compacted_.sequence);
    return PointOf(MarkAt(sequence));
  }

  Sequence LastSequence() const override { return last_.Last(); }

  Sequence AwaitCommit(Sequence after, absl::Duration at_most) const override {
    return last_.Await(after, at_most);
  }

  absl::StatusOr<std::optional<Receipt>> FindReceipt(std::string_view request) const override {
    std::shared_lock lock(mutex_);
    const auto at = receipts_.find(request);
    if (at == receipts_.end()) return std::nullopt;
    return at->second;
  }

  absl::Status CompactJournal(Sequence through) override {
    std::unique_lock lock(mutex_);
    if (through > last_.Last()) return BeyondLastCommit(through, last_.Last());
    if (through > compacted_.sequence) compacted_ = MarkAt(through);
    const auto end = journal_.upper_bound(through);
    for (auto at = journal_.begin(); at != end; at = journal_.erase(at)) {
      if (at->second.request) receipts_.erase(*at->second.request);
    }
    return absl::OkStatus();
  }

  absl::Status Fence(uint64_t epoch) override {
    std::unique_lock lock(mutex_);
    if (epoch <= epoch_) return EpochNotHigher(epoch, epoch_);
    epoch_ = epoch;
    return absl::OkStatus();
  }

 private:
  struct Journalled {
    JournalEntry entry;
    std::optional<std::string> request;
    ChainHash chain = {};
  };

  static std::string BodyOf(const Journalled& kept) {
    std::optional<Idempotency> idempotency;
    if (kept.request) idempotency = Idempotency{*kept.request, {}, {}};
    return EncodeEntryBody(kept.entry.committed_at, kept.entry.events, idempotency);
  }
  static ChainPoint PointOf(const JournalMark& mark) {
    return {mark.sequence, std::string(mark.chain.data(), mark.chain.size())};
  }
  // Of a commit that is kept, or the last that is not.
  JournalMark MarkAt(Sequence sequence) const {
    const auto kept = journal_.find(sequence);
    return kept == journal_.end() ? compacted_ : JournalMark{sequence, kept->second.chain};
  }

  absl::Status CheckExpectations(const std::vector<Expectation>& expectations) const {
    for (const Expectation& expectation : expectations) {
      const auto at = records_.find(expectation.key);
      const bool gone =
          at == records_.end() ||
          (cipher_ != nullptr && cipher_->IsGone(expectation.key.kind, expectation.key.id));
      const Version found = gone ? 0 : at->second->version;
      if (found != expectation.version) {
        return ExpectationFailed(expectation.key.kind, expectation.version, found);
      }
    }
    return absl::OkStatus();
  }

  // The values of people's records, from now on encrypted.
  absl::Status Encrypt(Batch& batch) const {
    if (cipher_ == nullptr) return absl::OkStatus();
    for (Mutation& mutation : batch.mutations) {
      if (!mutation.value) continue;
      auto encrypted = cipher_->Encrypt(mutation.key, last_.Last() + 1, *mutation.value);
      if (!encrypted.ok()) return encrypted.status();
      if (*encrypted) mutation.value = **std::move(encrypted);
    }
    return absl::OkStatus();
  }

  // Nothing can come between this and the commit.
  absl::Status DestroyKeys(const Batch& batch) const {
    std::vector<std::string_view> erased;
    for (const auto& [key, value] : batch.mutations) {
      if (cipher_ != nullptr && value && key.kind == RecordKind::kErasure) erased.push_back(key.id);
    }
    return erased.empty() ? absl::OkStatus() : cipher_->keys().Destroy(erased);
  }

  Content FormOf(const Key& key) const {
    return cipher_ != nullptr && PersonOf(key.kind, key.id) ? Content::kEncrypted : Content::kPlain;
  }

  Sequence Apply(Batch batch) {
    const Sequence sequence = last_.Last() + 1;
    for (Mutation& mutation : batch.mutations) {
      if (mutation.value) {
        const Content form = FormOf(mutation.key);
        records_[std::move(mutation.key)] =
            std::make_shared<const Sealed>(Sealed{sequence, *std::move(mutation.value), form});
      } else {
        records_.erase(mutation.key);
      }
    }
    const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(options_.clock()));
    Journalled journalled{{sequence, now, std::move(batch.events)}, std::nullopt, {}};
    if (batch.idempotency) {
      journalled.request = batch.idempotency->request;
      receipts_[batch.idempotency->request] = {sequence, batch.idempotency->fingerprint,
                                               batch.idempotency->response};
    }
    journalled.chain = Follow(MarkAt(sequence - 1), BodyOf(journalled)).chain;
    journal_.emplace(sequence, std::move(journalled));
    last_.Announce(sequence);
    return sequence;
  }

  const MemoryStoreOptions options_;
  std::unique_ptr<const RecordCipher> cipher_;  // null: nothing is encrypted
  mutable std::shared_mutex mutex_;
  Records records_;
  std::map<Sequence, Journalled> journal_;
  std::map<std::string, Receipt, std::less<>> receipts_;
  JournalMark compacted_;  // the last entry that is not kept
  uint64_t epoch_ = 0;
  CommitSignal last_{0};
};

}  // namespace

std::unique_ptr<Store> NewMemoryStore(MemoryStoreOptions options) {
  return std::make_unique<MemoryStore>(std::move(options));
}

}  // namespace passend::storage
