// A store that keeps what a commit replaces, so that every earlier state can be read again
// (audit/as_of_snapshot.h).
//
// Of records that have a history (audit_keys.h) the earlier version is kept in the commit that
// replaces it, and named by an event, by which it is found when it was kept for long enough; so is
// an employer's list that is deleted, and no other record that is. Of who is erased nothing is
// kept: earlier versions and looks go with the commit that erases them.
#ifndef PASSEND_SERVICE_AUDIT_HISTORY_STORE_H_
#define PASSEND_SERVICE_AUDIT_HISTORY_STORE_H_

#include <string>

#include "absl/status/status.h"
#include "storage/forwarding_store.h"

namespace passend::service {

// Thread safety: as a Store. Everything that is written must go through it, or earlier versions are
// missing.
class HistoryStore : public storage::ForwardingStore {
 public:
  enum class Earlier { kKept, kNotKept };  // looks go with whom they are about, either way

  explicit HistoryStore(storage::Store& inner, Earlier earlier = Earlier::kKept)
      : ForwardingStore(inner), earlier_(earlier) {}

  // ABORTED, too, where a record that the batch replaces was replaced by another meanwhile.
  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override;

  // Says that earlier versions are kept from now on; nothing where they are already.
  absl::Status Begin();
  // Says that they are not kept any more: the next Begin starts anew.
  static absl::Status End(storage::Store& store);

 private:
  absl::Status KeepEarlier(storage::Batch& batch);
  absl::Status DeleteAllOf(const std::string& passport_id, storage::Batch& batch);

  const Earlier earlier_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_HISTORY_STORE_H_
