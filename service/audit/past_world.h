// Everything that a list was ranked with, as it was after an earlier commit.
#ifndef PASSEND_SERVICE_AUDIT_PAST_WORLD_H_
#define PASSEND_SERVICE_AUDIT_PAST_WORLD_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matcher/match_index.h"
#include "service/audit/as_of_snapshot.h"
#include "service/call/call_context.h"
#include "service/taxonomy/catalog_snapshot.h"
#include "storage/store.h"

namespace passend::service {

// It keeps the index that it made last: the next one is made from it by reading again what changed
// between the two commits, and who was erased meanwhile. Not thread-safe.
class PastWorld {
 public:
  // `store` must outlive it.
  explicit PastWorld(const storage::Store& store) : store_(store) {}

  // What of these inputs is gone, in words: history that is not kept that far back, and versions of
  // taxonomies (`taxonomies/esco@12`). Empty: nothing is. Errors of the store.
  static absl::StatusOr<std::vector<std::string>> Gone(const storage::Snapshot& now,
                                                       storage::Sequence sequence,
                                                       const std::vector<std::string>& taxonomies);

  // Goes to the state after `sequence`, with the vocabulary of `taxonomies`; nothing of it is gone
  // as of `now`, a snapshot of the store. CANCELLED; DAMAGED_DATA; errors of the store.
  absl::Status GoTo(std::shared_ptr<const storage::Snapshot> now, storage::Sequence sequence,
                    const std::vector<std::string>& taxonomies, const CallContext& context);

  // After GoTo.
  const AsOfSnapshot& records() const { return *records_; }
  const matcher::Taxonomy& taxonomy() const { return *catalog_->taxonomy(); }
  const matcher::MatchIndex& index() const { return *index_; }

  // Lets go of the store, whose deleted records it keeps on disk; the index stays.
  void LetGo();
  void Clear();

 private:
  absl::Status LoadCatalog(const std::vector<std::string>& taxonomies);
  absl::Status Rebuild(const CallContext& context);
  // From the index as it is; OUT_OF_RANGE where the journal does not tell any more what changed.
  absl::Status Move(storage::Sequence from);

  const storage::Store& store_;
  std::vector<std::string> taxonomies_;
  std::shared_ptr<const CatalogSnapshot> catalog_;
  std::shared_ptr<const storage::Snapshot> now_;
  std::shared_ptr<const AsOfSnapshot> records_;
  std::shared_ptr<matcher::MatchIndex> index_;  // null: none
  storage::Sequence index_sequence_ = 0;
  storage::Sequence known_ = 0;  // who was erased up to this commit is not in the index
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_PAST_WORLD_H_
