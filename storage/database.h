// An open RocksDB database with its column families, whose values all wear envelopes.
//
// Thread safety: all methods may be called from any thread.
#ifndef PASSEND_STORAGE_DATABASE_H_
#define PASSEND_STORAGE_DATABASE_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"
#include "storage/envelope.h"
#include "storage/key_codec.h"

namespace passend::storage {

struct OpenOptions;

class Database {
 public:
  // `families` are in the order of Family; both belong to the Database from now on.
  Database(std::unique_ptr<rocksdb::DB> db, std::vector<rocksdb::ColumnFamilyHandle*> families)
      : db_(std::move(db)), families_(std::move(families)) {}
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // nullopt when the key is not there; DATA_LOSS when its value is damaged.
  absl::StatusOr<std::optional<Sealed>> Get(Family family, std::string_view key,
                                            const rocksdb::Snapshot* snapshot = nullptr) const;

  // As Get, for a key that the store itself wrote when it was made: DATA_LOSS when it is missing.
  absl::StatusOr<Sealed> GetOwn(std::string_view key,
                                const rocksdb::Snapshot* snapshot = nullptr) const;

  // Calls `visit` for each key of the range, in order, until it returns false or an error.
  // With kMuch, it is read ahead and nothing is put into the cache of blocks.
  enum class Amount { kLittle, kMuch };
  using Visit = std::function<absl::StatusOr<bool>(std::string_view key, const SealedView& sealed)>;
  absl::Status Scan(Family family, const KeyRange& range, const rocksdb::Snapshot* snapshot,
                    const Visit& visit, Amount amount = Amount::kLittle) const;

  // Calls `visit` for every key of the family, in order, until it returns false; a damaged value
  // comes as its error. The engine's errors.
  using VisitEach =
      std::function<bool(std::string_view key, const absl::StatusOr<SealedView>& sealed)>;
  absl::Status VisitAll(Family family, const VisitEach& visit) const;

  // Adds to a batch, in an envelope.
  void Put(rocksdb::WriteBatch& batch, Family family, std::string_view key, Version version,
           std::string_view content, Content form = Content::kPlain) const;
  void Delete(rocksdb::WriteBatch& batch, Family family, std::string_view key) const;

  // Returns once the batch is durable. Where it fails there is something in memory still, but where
  // what comes before it (see PutSomethingInMemory) had filled that to the last.
  rocksdb::Status Write(rocksdb::WriteBatch& batch) const;
  // Whether all that was written is in files: then Resume() of the engine writes none, goes on with
  // the log that failed, and an assertion ends the process at the next write.
  bool NothingInMemory() const;

  // Writes what is in memory to files, of all families together. The logs are not needed then.
  // Once the engine went on after a full disk it does not wait for that any more.
  rocksdb::Status Flush() const;
  // As Flush, and does not wait for it.
  rocksdb::Status BeginFlush() const;
  // Whether there is memory to be written to files, and nobody is at it yet.
  bool FlushIsDue() const;
  // Whether writes are refused, or slowed down, until there are fewer files or less memory.
  bool HoldsWritesBack() const;
  // Whether the engine merges files, or waits for the end of a pause to do it.
  bool Merges() const;
  // From now on recent writes take as much memory as the options say.
  rocksdb::Status SetBuffers(const OpenOptions& options) const;

  // What is in memory and not in files yet, of all families.
  uint64_t BytesInMemory() const;

  // Writes a family anew, and drops the logs, so that no file has what was deleted or replaced in
  // it before. Minutes where it is large.
  rocksdb::Status Rewrite(Family family) const;

  rocksdb::DB& engine() const { return *db_; }

 private:
  // That a key is not there which never was, without a word in the log. Where memory is full, it is
  // this write that has it flushed and a new log begun, and not the one that comes next.
  rocksdb::Status PutSomethingInMemory() const;

  rocksdb::ColumnFamilyHandle* HandleOf(Family family) const {
    return families_[static_cast<size_t>(family)];
  }

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

// A batch whose entries are protected by checksums on their way to memory and log.
rocksdb::WriteBatch MakeWriteBatch();

inline rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view ToView(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

// A RocksDB snapshot that releases itself.
class DatabaseSnapshot {
 public:
  explicit DatabaseSnapshot(const Database& database)
      : database_(database), snapshot_(database.engine().GetSnapshot()) {}
  DatabaseSnapshot(const DatabaseSnapshot&) = delete;
  DatabaseSnapshot& operator=(const DatabaseSnapshot&) = delete;
  ~DatabaseSnapshot() { database_.engine().ReleaseSnapshot(snapshot_); }
  const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  const Database& database_;
  const rocksdb::Snapshot* const snapshot_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_DATABASE_H_
