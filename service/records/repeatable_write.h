// Writes that a caller may repeat (AIP-155), and writes that must not overtake each other.
//
// A receipt holds names and counts, never what a person's record says: it outlives an erasure. So a
// repeated request gets its answer from the records as they are now; AIP-155 allows that. Nor does
// it hold the caller's words: what it is found by, and known by, are digests in which the request's
// id is what nobody guesses.
#ifndef PASSEND_SERVICE_RECORDS_REPEATABLE_WRITE_H_
#define PASSEND_SERVICE_RECORDS_REPEATABLE_WRITE_H_

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/message.h"
#include "service/call/call_context.h"
#include "storage/store.h"

namespace passend::service {

// What the receipt of a request is found by, here and in the journal: BLAKE2b-256 of
// "passend request 1 ", the method as ScopedMethod has it, a slash and the id.
std::string ReceiptKeyOf(std::string_view method, std::string_view request_id);

// The request of a method, as it is known by when it comes again.
class RepeatableRequest {
 public:
  // `request` has the fields `request_id` and, perhaps, `validate_only`; checked, with output-only
  // fields cleared. A request with validate_only, or without an id, is not repeatable.
  RepeatableRequest(std::string_view method, const google::protobuf::Message& request);
  // Of a call: what its answer shows is committed with what it writes.
  RepeatableRequest(const CallContext& context, const google::protobuf::Message& request)
      : RepeatableRequest(ScopedMethod(context), request) {
    looks_ = context.looks;
  }

  // What the receipt of an earlier, equal request holds; nullopt where this is the first.
  // REQUEST_ID_REUSED where the earlier one had another content. Ask under the lock of what the
  // request changes, and before anything else is looked at: an equal request that ran until now
  // has changed what would be refused. Under random ids equal requests do not meet at a lock; there
  // Commit finds the other one's receipt.
  absl::StatusOr<std::optional<std::string>> FindReceipt(const storage::Store& store) const;

  // Commits `batch` with a receipt that holds `receipt`. REQUEST_ID_REUSED; otherwise as
  // Store::Commit: ABORTED where an expectation does not hold, without a reason yet.
  absl::StatusOr<storage::CommitResult> Commit(storage::Store& store, storage::Batch batch,
                                               std::string receipt) const;

  // Keeps the receipt of a request that finds everything as it asks. `event` names the record; the
  // journal takes no entry without one, and whoever follows it reads an unchanged record. Writes
  // nothing where the request is not repeatable. Errors as for Commit.
  absl::Status CommitUnchanged(storage::Store& store, storage::Event event,
                               std::string receipt) const;

 private:
  std::string request_id_;  // empty: not repeatable
  std::string receipt_key_;
  std::string fingerprint_;
  std::shared_ptr<Looks> looks_;  // null: nobody asks for them
};

// One writer at a time for each id: what a change reads stays true until it is committed. All
// changes go through one process (storage: a lock on the directory, and Store::Fence).
class KeyedLocks {
 public:
  absl::Mutex& For(std::string_view id) {
    return mutexes_[std::hash<std::string_view>()(id) % mutexes_.size()];
  }

 private:
  // So many that a batch about hundreds of people leaves most of them to others.
  std::array<absl::Mutex, 4'096> mutexes_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RECORDS_REPEATABLE_WRITE_H_
