#include "storage/memory_store.h"

#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "storage/batch_check.h"
#include "storage/commit_signal.h"
#include "storage/limits.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

struct Stored {
  Version version;
  std::string value;
};
using Records = std::map<Key, std::shared_ptr<const Stored>>;

absl::StatusOr<std::vector<std::optional<Record>>> ReadFrom(const Records& records,
                                                            const std::vector<Key>& keys) {
  std::vector<std::optional<Record>> found;
  found.reserve(keys.size());
  for (const Key& key : keys) {
    if (absl::Status status = CheckKey(key); !status.ok()) return status;
    const auto at = records.find(key);
    if (at == records.end()) {
      found.push_back(std::nullopt);
    } else {
      found.push_back(Record{key, at->second->version, at->second->value});
    }
  }
  return found;
}

// `visit` takes a key and what is stored under it.
template <typename Visit>
absl::Status ScanIn(const Records& records, const ScanRange& range, const Visit& visit) {
  auto at = range.after < range.prefix ? records.lower_bound({range.kind, range.prefix})
                                       : records.upper_bound({range.kind, range.after});
  for (; at != records.end(); ++at) {
    const Key& key = at->first;
    if (key.kind != range.kind || !key.id.starts_with(range.prefix)) break;
    if (!range.until.empty() && key.id > range.until) break;
    if (!visit(key, *at->second)) break;
  }
  return absl::OkStatus();
}

absl::Status ScanCopies(const Records& records, const ScanRange& range,
                        const std::function<bool(Record)>& visit) {
  return ScanIn(records, range, [&](const Key& key, const Stored& stored) {
    return visit(Record{key, stored.version, stored.value});
  });
}

class MemorySnapshot final : public Snapshot {
 public:
  MemorySnapshot(Sequence sequence, Records records)
      : sequence_(sequence), records_(std::move(records)) {}

  Sequence sequence() const override { return sequence_; }
  absl::StatusOr<std::vector<std::optional<Record>>> Read(
      const std::vector<Key>& keys) const override {
    return ReadFrom(records_, keys);
  }
  absl::Status Scan(const ScanRange& range,
                    const std::function<bool(Record)>& visit) const override {
    return ScanCopies(records_, range, visit);
  }
  absl::Status ScanViews(const ScanRange& range,
                         const std::function<bool(const RecordView&)>& visit) const override {
    return ScanIn(records_, range, [&](const Key& key, const Stored& stored) {
      return visit(RecordView{key.kind, key.id, stored.version, stored.value});
    });
  }

 private:
  const Sequence sequence_;
  const Records records_;
};

// Thread safety: one writer or many readers hold `mutex_`. `last_` is announced while it is held
// for writing, so a reader never sees a sequence without its records.
class MemoryStore final : public Store {
 public:
  explicit MemoryStore(MemoryStoreOptions options) : options_(std::move(options)) {}

  absl::StatusOr<CommitResult> Commit(Batch batch) override {
    if (absl::StatusOr<size_t> bytes = CheckBatch(batch); !bytes.ok()) return bytes.status();
    std::unique_lock lock(mutex_);
    if (options_.epoch < epoch_) return WriterFenced(options_.epoch, epoch_);
    if (batch.idempotency) {
      if (const auto at = receipts_.find(batch.idempotency->request); at != receipts_.end()) {
        if (at->second.fingerprint != batch.idempotency->fingerprint) return RequestReused();
        return CommitResult{at->second.sequence, at->second.response};
      }
    }
    if (absl::Status status = CheckExpectations(batch.expectations); !status.ok()) return status;
    return CommitResult{Apply(std::move(batch)), std::nullopt};
  }

  absl::StatusOr<std::vector<std::optional<Record>>> Read(
      const std::vector<Key>& keys) const override {
    std::shared_lock lock(mutex_);
    return ReadFrom(records_, keys);
  }

  absl::Status Scan(const ScanRange& range,
                    const std::function<bool(Record)>& visit) const override {
    std::shared_lock lock(mutex_);
    return ScanCopies(records_, range, visit);
  }

  absl::StatusOr<std::unique_ptr<Snapshot>> GetSnapshot() const override {
    std::shared_lock lock(mutex_);
    return std::make_unique<MemorySnapshot>(last_.Last(), records_);
  }

  absl::StatusOr<std::vector<JournalEntry>> Tail(Sequence after, size_t limit) const override {
    if (absl::Status status = CheckTailLimit(limit); !status.ok()) return status;
    std::shared_lock lock(mutex_);
    if (after > last_.Last()) return BeyondLastCommit(after, last_.Last());
    if (after < compacted_through_) return JournalCompacted(after, compacted_through_);
    std::vector<JournalEntry> entries;
    size_t bytes = 0;
    for (auto at = journal_.upper_bound(after); at != journal_.end(); ++at) {
      if (entries.size() == limit || bytes >= kTailBytesTarget) break;
      entries.push_back(at->second.entry);
      bytes += EntryBytes(at->second.entry);
    }
    return entries;
  }

  Sequence LastSequence() const override { return last_.Last(); }

  Sequence AwaitCommit(Sequence after, absl::Time deadline) const override {
    return last_.Await(after, deadline);
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
    const auto end = journal_.upper_bound(through);
    for (auto at = journal_.begin(); at != end; at = journal_.erase(at)) {
      if (at->second.request) receipts_.erase(*at->second.request);
    }
    compacted_through_ = std::max(compacted_through_, through);
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
  };

  absl::Status CheckExpectations(const std::vector<Expectation>& expectations) const {
    for (const Expectation& expectation : expectations) {
      const auto at = records_.find(expectation.key);
      const Version found = at == records_.end() ? 0 : at->second->version;
      if (found != expectation.version) {
        return ExpectationFailed(expectation.key.kind, expectation.version, found);
      }
    }
    return absl::OkStatus();
  }

  Sequence Apply(Batch batch) {
    const Sequence sequence = last_.Last() + 1;
    for (Mutation& mutation : batch.mutations) {
      if (mutation.value) {
        records_[std::move(mutation.key)] =
            std::make_shared<const Stored>(Stored{sequence, *std::move(mutation.value)});
      } else {
        records_.erase(mutation.key);
      }
    }
    const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(options_.clock()));
    Journalled journalled{{sequence, now, std::move(batch.events)}, std::nullopt};
    if (batch.idempotency) {
      journalled.request = batch.idempotency->request;
      receipts_[batch.idempotency->request] = {sequence, batch.idempotency->fingerprint,
                                               batch.idempotency->response};
    }
    journal_.emplace(sequence, std::move(journalled));
    last_.Announce(sequence);
    return sequence;
  }

  const MemoryStoreOptions options_;
  mutable std::shared_mutex mutex_;
  Records records_;
  std::map<Sequence, Journalled> journal_;
  std::map<std::string, Receipt, std::less<>> receipts_;
  Sequence compacted_through_ = 0;
  uint64_t epoch_ = 0;
  CommitSignal last_{0};
};

}  // namespace

std::unique_ptr<Store> NewMemoryStore(MemoryStoreOptions options) {
  return std::make_unique<MemoryStore>(std::move(options));
}

}  // namespace passend::storage
