// What comes after a position: the next part of the feed, made of one moment of the store. Holds
// nothing between two parts that could not be read again, so a reader may take as long as it likes,
// or come back to another server over the same data.
//
//   R1  A person is told at the commit that last changed what is told of them, and at no other: at
//       earlier ones they are passed over, because that one is still to come. So is a removal told
//       at the last commit that took the person away. So parts are in the order of their sequences,
//       and nobody goes back in time.
//   R2  What is told is as of the moment. Where a part is `exact`, nothing comes between its
//       position and the moment: with the parts before it, the reader has what the partner may see
//       of that commit. Whoever changed after an earlier part is told again by then.
//   R3  Only whom the partner sees is told, and, to be forgotten, whom it could see until a commit
//       after the position: that commit's event names the partner (records/change_event.h).
//   R4  After an erasure nothing is told of the person.
#ifndef PASSEND_SERVICE_FEED_FEED_READER_H_
#define PASSEND_SERVICE_FEED_FEED_READER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/sync.pb.h"
#include "service/disclosure/group_set.h"
#include "service/feed/feed_moment.h"
#include "service/feed/feed_position.h"
#include "service/feed/partner_sight.h"
#include "service/feed/person_events.h"
#include "service/feed/removals_ahead.h"
#include "service/limits.h"
#include "storage/store.h"

namespace passend::service {

// One person of a part.
struct ToldPerson {
  std::string passport;  // the id
  v1::WatchChange change;
  GroupSet groups;      // that the change shows
  bool erased = false;  // there is no record of the person any more
};

struct FeedPart {
  std::vector<ToldPerson> people;
  FeedPosition position;  // after it
  bool exact = false;
  // When the last commit that was read was made; InfinitePast where none was.
  absl::Time last_commit = absl::InfinitePast();
};

// One thread at a time.
class FeedReader {
 public:
  // `store` must outlive it. `lag_max`: how many commits a position may be behind.
  FeedReader(const storage::Store& store, WatchedBy by, uint64_t lag_max = kFeedLagMax)
      : store_(store),
        by_(std::move(by)),
        lag_max_(lag_max),
        removals_(store, by_.partner, !by_.regions.empty()) {}

  // The first position of somebody who begins at the moment.
  static FeedPosition StartAt(const FeedMoment& moment) {
    return {.snapshot = true, .after_id = "", .sequence = moment.sequence(), .told_of_next = 0};
  }

  // The next part; without people where none was found among as many as one look takes in, and then
  // to be asked again from its position. `now`: by which consents stand. CURSOR_TOO_OLD where the
  // journal after the position is not kept, or longer than it may be; DAMAGED_DATA;
  // errors of the store.
  absl::StatusOr<FeedPart> Next(const FeedPosition& position, FeedMoment& moment, absl::Time now);

 private:
  absl::StatusOr<FeedPart> NextOfAll(const FeedPosition& position, FeedMoment& moment,
                                     absl::Time now);
  absl::StatusOr<FeedPart> NextOfJournal(const FeedPosition& position, FeedMoment& moment,
                                         absl::Time now);
  // Adds what there is to tell of what a commit did to a person.
  absl::Status Tell(const PersonEvents& events, storage::Sequence sequence, FeedMoment& moment,
                    absl::Time now, FeedPart& part);
  static void Remove(const std::string& passport_id, v1::WatchRemoval removal,
                     storage::Sequence sequence, const PersonAt& person, FeedPart& part);

  const storage::Store& store_;
  const WatchedBy by_;
  const uint64_t lag_max_;
  RemovalsAhead removals_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_FEED_READER_H_
