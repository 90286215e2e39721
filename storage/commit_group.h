// Several commits on their way into one synced write. Each is decided on top of the database and
// of the commits that were added before it, as if those were durable already; so either all of the
// group's answers hold or, when the write fails, none does.
//
// Thread safety: none; one thread, which holds the store's write lock.
#ifndef PASSEND_STORAGE_COMMIT_GROUP_H_
#define PASSEND_STORAGE_COMMIT_GROUP_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "rocksdb/write_batch.h"
#include "storage/database.h"
#include "storage/journal_codec.h"
#include "storage/record_cipher.h"
#include "storage/store.h"

namespace passend::storage {

class CommitGroup {
 public:
  // `head` is the last durable commit; receipts at or below `floor` are gone. People's records are
  // encrypted by `cipher`; null: they are not.
  CommitGroup(const Database& database, const RecordCipher* cipher, const JournalMark& head,
              Sequence floor);

  // Adds a batch that CheckBatch found good, or says why not; then nothing is added. Errors are
  // those of Store::Commit that depend on the data.
  absl::StatusOr<CommitResult> Add(const Batch& batch, absl::Time now);

  // Where the journal's head will be.
  const JournalMark& head() const { return head_; }

  // OK when the group is durable. A group of nothing is.
  rocksdb::Status Write();

  // The people whom the group erases: it writes their tombstones.
  const std::set<std::string>& erased() const { return erased_; }

 private:
  absl::Status CheckExpectations(const std::vector<Expectation>& expectations) const;
  absl::StatusOr<Version> VersionOf(const Key& key) const;
  absl::StatusOr<std::optional<Receipt>> FindReceipt(const std::string& request) const;
  // Of each mutation what to write instead; nothing where it is written as it is.
  using Replacements = std::vector<std::optional<std::string>>;
  absl::StatusOr<Replacements> Encrypt(const Batch& batch) const;
  void Append(const Batch& batch, const Replacements& encrypted, absl::Time now);

  const Database& database_;
  const RecordCipher* const cipher_;
  const Sequence floor_;
  const Sequence first_;  // the head at the start
  JournalMark head_;
  rocksdb::WriteBatch writes_;
  std::map<std::string, Version> versions_;  // of record keys that this group writes
  std::map<std::string, Receipt> receipts_;  // of requests that this group commits
  std::set<std::string> erased_;
};

// The receipt of a request, unless it was compacted away.
absl::StatusOr<std::optional<Receipt>> FindKeptReceipt(const Database& database,
                                                       std::string_view request, Sequence floor);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_COMMIT_GROUP_H_
