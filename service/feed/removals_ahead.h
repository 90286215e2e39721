// Which removals of people are still to come in the journal, so that only the last one is told.
#ifndef PASSEND_SERVICE_FEED_REMOVALS_AHEAD_H_
#define PASSEND_SERVICE_FEED_REMOVALS_AHEAD_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "storage/store.h"

namespace passend::service {

// Somebody may be lost, regained and lost again. Who tells only the last loss tells no older one
// after something newer: a person of the snapshot is as of a later commit than the journal's first.
// Reads the journal once for each stretch of it, and only when somebody asks.
//
// Thread safety: one thread at a time.
class RemovalsAhead {
 public:
  enum class Counted {
    kNamed,         // events that name the partner, erasures too
    kNamedOrMoved,  // those, and changes of region
  };

  // `store` must outlive it. `partner`: `partners/{partner}`.
  RemovalsAhead(const storage::Store& store, std::string partner)
      : store_(store), partner_(std::move(partner)) {}

  // The last commit after `after`, up to `through`, that has such an event about the person; 0
  // where none has. OUT_OF_RANGE where the journal is not kept; errors of the store.
  absl::StatusOr<storage::Sequence> LastOf(const std::string& passport_id, Counted counted,
                                           storage::Sequence after, storage::Sequence through);

 private:
  struct Last {
    storage::Sequence named = 0;
    storage::Sequence moved = 0;
  };

  absl::Status Read(storage::Sequence through);

  const storage::Store& store_;
  const std::string partner_;
  // What was read: after the one, through the other.
  storage::Sequence after_ = 0;
  storage::Sequence through_ = 0;
  absl::flat_hash_map<std::string, Last> last_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_REMOVALS_AHEAD_H_
