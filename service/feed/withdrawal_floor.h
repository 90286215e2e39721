// Up to which commit somebody was last taken from a partner, erased, or withdrew a consent: no feed
// tells anything as of a moment before that any more.
#ifndef PASSEND_SERVICE_FEED_WITHDRAWAL_FLOOR_H_
#define PASSEND_SERVICE_FEED_WITHDRAWAL_FLOOR_H_

#include <atomic>

#include "storage/forwarding_store.h"

namespace passend::service {

// A store that knows it. Whatever goes through it counts before it is acknowledged.
//
// Thread safety: as a Store.
class WithdrawalFloor : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;

  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override;

  // 0: nobody was since it was made.
  storage::Sequence floor() const { return floor_.load(); }

 private:
  std::atomic<storage::Sequence> floor_ = 0;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_WITHDRAWAL_FLOOR_H_
