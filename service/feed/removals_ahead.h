// Which removals of people are still to come in the journal, so that only the last one is told.
#ifndef PASSEND_SERVICE_FEED_REMOVALS_AHEAD_H_
#define PASSEND_SERVICE_FEED_REMOVALS_AHEAD_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "service/feed/person_events.h"
#include "storage/store.h"

namespace passend::service {

// Somebody may be lost, regained and lost again. Who tells only the last loss tells no older one
// after something newer: a person of the snapshot is as of a later commit than the journal's first.
// Reads the journal once for each stretch of it, and only when somebody asks. Remembers some tens
// of thousands of people; a reader with more of them ahead is too far behind. So is, once all of
// them together remember millions, a reader of a partner whose readers have more than their share.
//
// Thread safety: one thread at a time; several of them on several threads.
class RemovalsAhead {
 public:
  enum class Counted {
    kNamed,         // events that name the partner, erasures too
    kNamedOrMoved,  // those, and changes of region; only where these are followed
  };

  // `store` must outlive it. `partner`: `partners/{partner}`. `with_moves`: changes of region are
  // followed.
  RemovalsAhead(const storage::Store& store, std::string partner, bool with_moves)
      : store_(store), partner_(std::move(partner)), with_moves_(with_moves) {}
  ~RemovalsAhead() { Forget(); }
  RemovalsAhead(const RemovalsAhead&) = delete;
  RemovalsAhead& operator=(const RemovalsAhead&) = delete;

  // The last commit after `after`, up to `through`, that has such an event about the person; 0
  // where none has. `after` never decreases from one call to the next. OUT_OF_RANGE where the
  // journal is not kept, or has too many removals; errors of the store.
  absl::StatusOr<storage::Sequence> LastOf(const std::string& passport_id, Counted counted,
                                           storage::Sequence after, storage::Sequence through);

  // Gives its memory back, for a reader that has caught up: what it is asked next is read again.
  void Forget();

 private:
  struct Last {
    storage::Sequence named = 0;
    storage::Sequence moved = 0;
  };

  absl::Status Read(storage::Sequence through);
  void Note(const PersonEvents& events, storage::Sequence sequence);
  bool RemembersTooMany();

  const storage::Store& store_;
  const std::string partner_;
  const bool with_moves_;
  // What was read: after the one, through the other.
  storage::Sequence after_ = 0;
  storage::Sequence through_ = 0;
  absl::flat_hash_map<std::string, Last> last_;
  size_t counted_ = 0;  // of last_, as all of them know it
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_REMOVALS_AHEAD_H_
