// A Store that hands everything on to another one: for those that change one thing about it.
#ifndef PASSEND_STORAGE_FORWARDING_STORE_H_
#define PASSEND_STORAGE_FORWARDING_STORE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/store.h"

namespace passend::storage {

// Thread safety: as `inner`, which must outlive it.
class ForwardingStore : public Store {
 public:
  explicit ForwardingStore(Store& inner) : inner_(inner) {}

  absl::StatusOr<CommitResult> Commit(Batch batch) override {
    return inner_.Commit(std::move(batch));
  }
  absl::StatusOr<std::vector<std::optional<Record>>> Read(
      const std::vector<Key>& keys) const override {
    return inner_.Read(keys);
  }
  absl::Status Scan(const ScanRange& range,
                    const std::function<bool(Record)>& visit) const override {
    return inner_.Scan(range, visit);
  }
  absl::StatusOr<std::unique_ptr<Snapshot>> GetSnapshot() const override {
    return inner_.GetSnapshot();
  }
  absl::StatusOr<std::vector<JournalEntry>> Tail(Sequence after, size_t limit) const override {
    return inner_.Tail(after, limit);
  }
  absl::StatusOr<JournalSpan> CheckJournal() const override { return inner_.CheckJournal(); }
  absl::StatusOr<ChainPoint> ChainAt(Sequence sequence) const override {
    return inner_.ChainAt(sequence);
  }
  Sequence LastSequence() const override { return inner_.LastSequence(); }
  Sequence AwaitCommit(Sequence after, absl::Duration at_most) const override {
    return inner_.AwaitCommit(after, at_most);
  }
  absl::StatusOr<std::optional<Receipt>> FindReceipt(std::string_view request) const override {
    return inner_.FindReceipt(request);
  }
  absl::Status CompactJournal(Sequence through) override { return inner_.CompactJournal(through); }
  absl::Status Fence(uint64_t epoch) override { return inner_.Fence(epoch); }

 protected:
  Store& inner() const { return inner_; }

 private:
  Store& inner_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_FORWARDING_STORE_H_
