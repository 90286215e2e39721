// What the answer to one call may tell.
#ifndef PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_H_
#define PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_H_

#include "service/call/caller.h"
#include "service/disclosure/group_set.h"

namespace passend::service {

// Begins with what tells nothing of anybody; Access adds the groups that the caller may see of what
// it has reached, so that a handler that does not ask it tells nothing. Everything, from the start,
// where no identity is set up.
//
// Thread safety: one thread at a time.
class Disclosure {
 public:
  explicit Disclosure(const Caller& caller)
      : groups_(caller.proof == Proof::kLocal ? GroupSet::Everything()
                                              : GroupSet{v1::FIELD_GROUP_OPEN}) {}

  void Allow(GroupSet groups) { groups_.Add(groups); }
  GroupSet groups() const { return groups_; }

 private:
  GroupSet groups_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_H_
