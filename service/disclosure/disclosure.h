// What the answer to one call may tell.
#ifndef PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_H_
#define PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_H_

#include <vector>

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
  // `answer`: the groups that the method's answer has fields of.
  Disclosure(const Caller& caller, GroupSet answer)
      : answer_(answer),
        groups_(caller.proof == Proof::kLocal ? GroupSet::Everything()
                                              : GroupSet{v1::FIELD_GROUP_OPEN}) {}

  void Allow(GroupSet groups) { groups_.Add(groups); }
  GroupSet groups() const { return groups_; }
  // What of a person the answer may tell, as far as was allowed until now.
  std::vector<v1::FieldGroup> OfAPerson() const {
    std::vector<v1::FieldGroup> groups = (groups_ & answer_).List();
    std::erase(groups, v1::FIELD_GROUP_OPEN);
    return groups;
  }

 private:
  const GroupSet answer_;
  GroupSet groups_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_H_
