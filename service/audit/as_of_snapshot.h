// The store as it was after an earlier commit, read from what is kept of it
// (audit/history_store.h).
#ifndef PASSEND_SERVICE_AUDIT_AS_OF_SNAPSHOT_H_
#define PASSEND_SERVICE_AUDIT_AS_OF_SNAPSHOT_H_

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/store.h"

namespace passend::service {

// Of records that have a history: each in its newest version up to `sequence`. Of others: as they
// are now, where they were not written since. Who was erased since is not there. It is what the
// store was for as far as earlier versions were kept at that time, which the caller has to know.
//
// Thread safety: immutable; any number of threads may use it.
class AsOfSnapshot : public storage::Snapshot {
 public:
  // `now`: of the store, with `sequence` or a later one.
  AsOfSnapshot(std::shared_ptr<const storage::Snapshot> now, storage::Sequence sequence)
      : now_(std::move(now)), sequence_(sequence) {}

  storage::Sequence sequence() const override { return sequence_; }
  absl::StatusOr<std::vector<std::optional<storage::Record>>> Read(
      const std::vector<storage::Key>& keys) const override;
  absl::Status Scan(const storage::ScanRange& range,
                    const std::function<bool(storage::Record)>& visit) const override;

 private:
  // The records of the range as they were, up to `most` records of now; `until` becomes where they
  // end, empty at the end of the range.
  absl::StatusOr<std::vector<storage::Record>> ReadSome(const storage::ScanRange& range,
                                                        std::string& until) const;

  const std::shared_ptr<const storage::Snapshot> now_;
  const storage::Sequence sequence_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_AS_OF_SNAPSHOT_H_
