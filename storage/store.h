// The one way in and the one way round: every change is one atomic, journalled commit.
//
// A Store keeps *records* (a key, a version, bytes), a *journal* of events in commit order, and
// *receipts* of idempotent requests. It knows nothing of what the bytes mean.
//
// Guarantees, the same for every implementation (tests/storage/store_conformance.h):
//   S1  A commit is all or nothing: its records, events and receipt are seen together or not at
//   all. S2  A commit that was acknowledged is still there after a crash of process or machine. S3
//   Sequences start at 1 and grow by exactly 1 a commit; the journal has no gap and no repeat. S4
//   A record's version is the sequence of the commit that last wrote it. It never goes back,
//       not even when the key is deleted and written again.
//   S5  A commit whose expectations do not hold changes nothing.
//   S6  A snapshot sees one sequence: nothing newer, nothing torn.
//   S7  Damage is reported as DATA_LOSS, never served as data.
//
// Thread safety: all methods, a Snapshot's too, may be called from any thread at any time. A
// Snapshot must not outlive its Store.
#ifndef PASSEND_STORAGE_STORE_H_
#define PASSEND_STORAGE_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/record_kind.h"

namespace passend::storage {

using Sequence = uint64_t;  // 0 is "before the first commit"
using Version = uint64_t;   // the Sequence of the writing commit; 0 is "does not exist"

// Ids are random or taken from published vocabularies, never personal: they stay in log files of
// the database after a deletion. 1 to limits.h kIdBytesMax bytes, any bytes.
struct Key {
  RecordKind kind;
  std::string id;
  friend auto operator<=>(const Key&, const Key&) = default;
};

struct Record {
  Key key;
  Version version;
  std::string value;
  friend bool operator==(const Record&, const Record&) = default;
};

// A record as a scan passes by: good for as long as it is visited.
struct RecordView {
  RecordKind kind;
  std::string_view id;
  Version version;
  std::string_view value;
};

// Holds when the key's version at commit time is `version`; 0 means: must not exist.
struct Expectation {
  Key key;
  Version version;
};

// Puts `value`, or deletes the key where there is none. Deleting what is not there is allowed.
struct Mutation {
  Key key;
  std::optional<std::string> value;
};

// What the journal tells of a commit: which record changed, and bytes for whoever follows it.
struct Event {
  Key key;
  std::string payload;
  friend bool operator==(const Event&, const Event&) = default;
};

// The journal's line for one commit. Events are in the order in which the batch gave them.
struct JournalEntry {
  Sequence sequence;
  absl::Time committed_at;  // whole microseconds
  std::vector<Event> events;
  friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};

// A point of the journal's chain: two journals with the same chain at a sequence have the same
// entries up to there.
struct ChainPoint {
  Sequence sequence = 0;
  std::string chain;  // 32 bytes
  friend bool operator==(const ChainPoint&, const ChainPoint&) = default;
};

// From where to where a journal was found whole.
struct JournalSpan {
  ChainPoint first;  // what is before it was compacted away
  ChainPoint last;   // the last commit
};

// Makes a commit repeatable: a second commit with the same `request` writes nothing and gives the
// first one's result, if the fingerprints are equal, and ALREADY_EXISTS if they are not.
struct Idempotency {
  std::string request;      // stands for the caller's id of it; kept in clear text, so no words
  std::string fingerprint;  // digest of the request's content
  std::string response;     // given back to whoever repeats the request
};

struct Batch {
  std::vector<Expectation> expectations;
  std::vector<Mutation> mutations;  // a key at most once
  std::vector<Event> events;
  std::optional<Idempotency> idempotency;
};

struct CommitResult {
  Sequence sequence;
  // Set when this request had been committed before: the response kept then.
  std::optional<std::string> repeated_response;
};

struct Receipt {
  Sequence sequence;
  std::string fingerprint;
  std::string response;
};

// Records of one kind in byte order of their ids: those that start with `prefix`, are greater than
// `after`, and not greater than `until`. An empty `after` starts at the first, an empty `until`
// goes on to the last.
struct ScanRange {
  RecordKind kind;
  std::string prefix;
  std::string after;
  std::string until = {};
};

// A frozen view of one sequence. Do not keep it for long: what it sees stays on disk.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  virtual Sequence sequence() const = 0;
  // As Store::Read.
  virtual absl::StatusOr<std::vector<std::optional<Record>>> Read(
      const std::vector<Key>& keys) const = 0;
  // As Store::Scan.
  virtual absl::Status Scan(const ScanRange& range,
                            const std::function<bool(Record)>& visit) const = 0;
  // The same for whoever reads much: a store that can copies nothing, reads ahead, and leaves in
  // its cache what others have there.
  virtual absl::Status ScanViews(const ScanRange& range,
                                 const std::function<bool(const RecordView&)>& visit) const {
    return Scan(range, [&](const Record& record) {
      return visit({record.key.kind, record.key.id, record.version, record.value});
    });
  }
};

class Store {
 public:
  virtual ~Store() = default;

  // Applies the batch atomically and returns once it is durable.
  //   ABORTED             an expectation does not hold (nothing is written; the message names the
  //   key
  //                       kind, never the value)
  //   ALREADY_EXISTS      the idempotency request is known with another fingerprint
  //   INVALID_ARGUMENT    a key written twice, a bad id, a value or batch above limits.h, or
  //   nothing to do:
  //                       no mutation and no event
  //   FAILED_PRECONDITION this writer was fenced off (see Fence)
  //   RESOURCE_EXHAUSTED  the engine would have to stall or the disk is full; try later
  //   DATA_LOSS, UNAVAILABLE  the store has stopped taking writes, and whether this batch is
  //   durable
  //                       only reopening tells; or (DATA_LOSS) a record that it names is damaged
  // They are looked for in this order: INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS,
  // ABORTED. So a request that was committed gives its result again however the records have
  // changed.
  virtual absl::StatusOr<CommitResult> Commit(Batch batch) = 0;

  // One entry a key, in the order asked, all of one sequence (S6); nullopt where there is no
  // record. INVALID_ARGUMENT for a bad id, DATA_LOSS on damage.
  virtual absl::StatusOr<std::vector<std::optional<Record>>> Read(
      const std::vector<Key>& keys) const = 0;

  // Calls `visit` for each record of the range until it returns false. DATA_LOSS on damage.
  // Sees one sequence (S6). `visit` must not call back into the store.
  virtual absl::Status Scan(const ScanRange& range,
                            const std::function<bool(Record)>& visit) const = 0;

  virtual absl::StatusOr<std::unique_ptr<Snapshot>> GetSnapshot() const = 0;

  // Up to `limit` (1 to limits.h kTailEntriesMax) journal entries with a sequence above `after`,
  // oldest first. Empty when there is none yet, and only then; fewer than `limit` when they are
  // large (limits.h kTailBytesTarget).
  //   INVALID_ARGUMENT  a limit out of its range
  //   OUT_OF_RANGE  entries just after `after` were compacted away, or `after` is beyond the last
  //                 commit: the reader has to start from a snapshot
  virtual absl::StatusOr<std::vector<JournalEntry>> Tail(Sequence after, size_t limit) const = 0;

  // Follows the chain from the oldest entry that is kept to the last commit. DATA_LOSS where one is
  // missing or is not what it was; takes some 2 s per million.
  virtual absl::StatusOr<JournalSpan> CheckJournal() const = 0;

  // The chain after that commit. OUT_OF_RANGE where it was compacted away, or is still to come.
  virtual absl::StatusOr<ChainPoint> ChainAt(Sequence sequence) const = 0;

  // The last commit's sequence: durable and visible.
  virtual Sequence LastSequence() const = 0;

  // Blocks until LastSequence() > `after`, or for `at_most`, which may be infinite, by the steady
  // clock; returns LastSequence().
  virtual Sequence AwaitCommit(Sequence after, absl::Duration at_most) const = 0;

  // The receipt of an idempotent request, if it was committed.
  virtual absl::StatusOr<std::optional<Receipt>> FindReceipt(std::string_view request) const = 0;

  // Drops journal entries up to and including `through`, and the receipts of those commits.
  // A `through` that was dropped before is fine. OUT_OF_RANGE when it is beyond the last commit.
  // Running readers are not torn: they get OUT_OF_RANGE from their next Tail.
  virtual absl::Status CompactJournal(Sequence through) = 0;

  // Raises the writer epoch, durably. A Store that was opened with a lower epoch can no longer
  // commit: FAILED_PRECONDITION. Lowering or repeating the epoch: INVALID_ARGUMENT.
  virtual absl::Status Fence(uint64_t epoch) = 0;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_STORE_H_
