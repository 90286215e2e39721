// What changed in the store, read from one snapshot, as changes of an index.
#ifndef PASSEND_SERVICE_MATCH_CHANGED_RECORDS_H_
#define PASSEND_SERVICE_MATCH_CHANGED_RECORDS_H_

#include "absl/status/statusor.h"
#include "matcher/match_index.h"
#include "matcher/taxonomy.h"
#include "service/match/journal_changes.h"
#include "storage/store.h"

namespace passend::service {

struct ChangedRecords {
  matcher::IndexChanges changes;
  // Somebody has, or some work asks for, a skill that the vocabulary does not know: it is left out.
  bool skills_unknown = false;
};

// Everything that `changes` names, as it is in the snapshot: what the index has to be given to be
// that of the snapshot, when it lacks nothing else. A passport that is not ACTIVE and a task that
// is not open are gone. `index` is over `taxonomy`. DAMAGED_DATA; errors of the store.
absl::StatusOr<ChangedRecords> ReadChanged(const storage::Snapshot& snapshot,
                                           const JournalChanges& changes,
                                           const matcher::MatchIndex& index,
                                           const matcher::Taxonomy& taxonomy);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_CHANGED_RECORDS_H_
