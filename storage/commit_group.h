// Several commits on their way into one synced write. Each is decided on top of the database and
// of the commits that were added before it, as if those were durable already; so either all of the
// group's answers hold or, when the write fails, none does.
//
// Thread safety: none; one thread, which holds the store's write lock.
#ifndef PASSEND_STORAGE_COMMIT_GROUP_H_
#define PASSEND_STORAGE_COMMIT_GROUP_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "rocksdb/write_batch.h"
#include "storage/database.h"
#include "storage/journal_codec.h"
#include "storage/store.h"

namespace passend::storage {

class CommitGroup {
 public:
  // `head` is the last durable commit; receipts at or below `floor` are gone.
  CommitGroup(const Database& database, const JournalMark& head, Sequence floor);

  // Adds a batch that CheckBatch found good, or says why not; then nothing is added. Errors are
  // those of Store::Commit that depend on the data.
  absl::StatusOr<CommitResult> Add(const Batch& batch, absl::Time now);

  // Where the journal's head will be.
  const JournalMark& head() const { return head_; }

  // OK when the group is durable. A group of nothing is.
  rocksdb::Status Write();

 private:
  absl::Status CheckExpectations(const std::vector<Expectation>& expectations) const;
  absl::StatusOr<Version> VersionOf(const std::string& record_key) const;
  absl::StatusOr<std::optional<Receipt>> FindReceipt(const std::string& request) const;
  void Append(const Batch& batch, absl::Time now);

  const Database& database_;
  const Sequence floor_;
  const Sequence first_;  // the head at the start
  JournalMark head_;
  rocksdb::WriteBatch writes_;
  std::map<std::string, Version> versions_;  // of record keys that this group writes
  std::map<std::string, Receipt> receipts_;  // of requests that this group commits
};

// The receipt of a request, unless it was compacted away.
absl::StatusOr<std::optional<Receipt>> FindKeptReceipt(const Database& database,
                                                       std::string_view request, Sequence floor);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_COMMIT_GROUP_H_
