// A store that passes everything on to another one, and fails when told.
#ifndef PASSEND_TESTS_SERVICE_MATCH_FRAGILE_STORE_H_
#define PASSEND_TESTS_SERVICE_MATCH_FRAGILE_STORE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "storage/store.h"

namespace passend::service {

// Thread safety: as for any store; what to fail may be told from any thread.
class FragileStore : public storage::Store {
 public:
  explicit FragileStore(storage::Store& inner) : inner_(inner) {}

  // The next `times` calls give `status`; reads of snapshots are reads too.
  void FailTail(absl::Status status, int times) { tail_.Fail(std::move(status), times); }
  void FailRead(absl::Status status, int times) { read_.Fail(std::move(status), times); }
  int tail_failures_left() const { return tail_.left(); }
  int read_failures_left() const { return read_.left(); }

  // Called once, by who takes the next snapshot: before it is taken, or when it has been.
  void BeforeSnapshot(std::function<void()> call) { before_snapshot_.Set(std::move(call)); }
  void AfterSnapshot(std::function<void()> call) { after_snapshot_.Set(std::move(call)); }

  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override {
    return inner_.Commit(std::move(batch));
  }
  absl::StatusOr<std::vector<std::optional<storage::Record>>> Read(
      const std::vector<storage::Key>& keys) const override {
    if (const absl::Status failure = read_.Next(); !failure.ok()) return failure;
    return inner_.Read(keys);
  }
  absl::Status Scan(const storage::ScanRange& range,
                    const std::function<bool(storage::Record)>& visit) const override {
    return inner_.Scan(range, visit);
  }
  absl::StatusOr<std::unique_ptr<storage::Snapshot>> GetSnapshot() const override {
    before_snapshot_.CallOnce();
    auto snapshot = inner_.GetSnapshot();
    after_snapshot_.CallOnce();
    if (!snapshot.ok()) return snapshot.status();
    return std::make_unique<FragileSnapshot>(*std::move(snapshot), read_);
  }
  absl::StatusOr<std::vector<storage::JournalEntry>> Tail(storage::Sequence after,
                                                          size_t limit) const override {
    if (const absl::Status failure = tail_.Next(); !failure.ok()) return failure;
    return inner_.Tail(after, limit);
  }
  absl::StatusOr<storage::JournalSpan> CheckJournal() const override {
    return inner_.CheckJournal();
  }
  absl::StatusOr<storage::ChainPoint> ChainAt(storage::Sequence sequence) const override {
    return inner_.ChainAt(sequence);
  }
  storage::Sequence LastSequence() const override { return inner_.LastSequence(); }
  storage::Sequence AwaitCommit(storage::Sequence after, absl::Duration at_most) const override {
    return inner_.AwaitCommit(after, at_most);
  }
  absl::StatusOr<std::optional<storage::Receipt>> FindReceipt(
      std::string_view request) const override {
    return inner_.FindReceipt(request);
  }
  absl::Status CompactJournal(storage::Sequence through) override {
    return inner_.CompactJournal(through);
  }
  absl::Status Fence(uint64_t epoch) override { return inner_.Fence(epoch); }

 private:
  class Failures {
   public:
    void Fail(absl::Status status, int times) {
      absl::MutexLock lock(&mutex_);
      status_ = std::move(status);
      left_ = times;
    }
    int left() const {
      absl::MutexLock lock(&mutex_);
      return left_;
    }
    absl::Status Next() {
      absl::MutexLock lock(&mutex_);
      if (left_ == 0) return absl::OkStatus();
      --left_;
      return status_;
    }

   private:
    mutable absl::Mutex mutex_;
    absl::Status status_ ABSL_GUARDED_BY(mutex_);
    int left_ ABSL_GUARDED_BY(mutex_) = 0;
  };

  // Reads fail as those of its store do. It must not outlive that one.
  class FragileSnapshot : public storage::Snapshot {
   public:
    FragileSnapshot(std::unique_ptr<storage::Snapshot> inner, Failures& read)
        : inner_(std::move(inner)), read_(read) {}
    storage::Sequence sequence() const override { return inner_->sequence(); }
    absl::StatusOr<std::vector<std::optional<storage::Record>>> Read(
        const std::vector<storage::Key>& keys) const override {
      if (const absl::Status failure = read_.Next(); !failure.ok()) return failure;
      return inner_->Read(keys);
    }
    absl::Status Scan(const storage::ScanRange& range,
                      const std::function<bool(storage::Record)>& visit) const override {
      return inner_->Scan(range, visit);
    }

   private:
    const std::unique_ptr<storage::Snapshot> inner_;
    Failures& read_;
  };

  class Hook {
   public:
    void Set(std::function<void()> call) {
      absl::MutexLock lock(&mutex_);
      call_ = std::move(call);
    }
    void CallOnce() {
      std::function<void()> call;
      {
        absl::MutexLock lock(&mutex_);
        call = std::exchange(call_, nullptr);
      }
      if (call) call();
    }

   private:
    absl::Mutex mutex_;
    std::function<void()> call_ ABSL_GUARDED_BY(mutex_);
  };

  storage::Store& inner_;
  mutable Failures tail_;
  mutable Failures read_;
  mutable Hook before_snapshot_;
  mutable Hook after_snapshot_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_MATCH_FRAGILE_STORE_H_
