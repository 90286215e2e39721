// What a partner keeps of a person, in step with what is here: whom it sees, and which groups.
#ifndef PASSEND_SERVICE_FEED_PARTNER_SIGHT_H_
#define PASSEND_SERVICE_FEED_PARTNER_SIGHT_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "passend/v1/sync.pb.h"
#include "service/disclosure/group_set.h"
#include "service/feed/feed_moment.h"
#include "service/feed/person_events.h"

namespace passend::service {

// Whom the feed is for, and what was asked.
struct WatchedBy {
  std::string partner;               // `partners/{partner}`
  std::vector<std::string> regions;  // empty: all
  bool with_validations = false;
};

// Of a person with a passport: of the partner's own people what disclosure_table.cc has for
// PURPOSE_SYNC, and of all what their consents for it name that stand. Empty: not seen at all.
GroupSet GroupsSeen(const PersonAt& person, std::string_view partner, absl::Time now);

// Whether the person is of a region that was asked for; false where the partner does not see it.
bool IsOfRegions(const PersonAt& person, GroupSet groups, const std::vector<std::string>& regions);

// The commit that last changed what is told to the partner, which sees `groups`. What others call
// the person, or what is shared with them, is none of that.
storage::Version VersionOf(const PersonAt& person, GroupSet groups, std::string_view partner);

// The person as they are told: all that is in `groups`, and nothing else.
v1::WatchChange TellOf(const PersonAt& person, GroupSet groups, const WatchedBy& by,
                       storage::Sequence sequence);

// That somebody is to be forgotten.
v1::WatchChange TellRemoval(const std::string& passport_id, v1::WatchRemoval removal,
                            storage::Sequence sequence);

// The partner's own id of a person whom it brought; empty where it did not.
std::string ExternalIdOf(const PersonAt& person, std::string_view partner);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_PARTNER_SIGHT_H_
