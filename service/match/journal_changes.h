// What entries of the journal say has to be read again.
#ifndef PASSEND_SERVICE_MATCH_JOURNAL_CHANGES_H_
#define PASSEND_SERVICE_MATCH_JOURNAL_CHANGES_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace passend::service {

// Names what changed, each once, however often it did. Erasures need no name of their own: the
// event of what was erased comes with them. Secrets play no part in matching.
struct JournalChanges {
  std::set<std::string> passports;  // ids; also those of whom a validation changed
  std::set<std::string> exposures;  // passport ids
  std::set<std::string> tasks;      // ids
  bool policies = false;
  std::set<storage::Sequence> imports;  // entries that changed taxonomies or their concepts
  storage::Sequence last = 0;           // of the last entry

  // `entry` comes after those that were added before.
  void Add(const storage::JournalEntry& entry);
  // No passport, exposure or task: an index without them stays what it is.
  bool IsOfNobody() const { return passports.empty() && exposures.empty() && tasks.empty(); }
  // Only passports, exposures and tasks: what an index is made of.
  void Add(const JournalChanges& other);
};

// What the entries after `after` up to `through` say; `through` is the sequence of a snapshot.
// Errors as for Store::Tail: OUT_OF_RANGE where they were compacted away.
absl::StatusOr<JournalChanges> ReadJournal(const storage::Store& store, storage::Sequence after,
                                           storage::Sequence through);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_JOURNAL_CHANGES_H_
