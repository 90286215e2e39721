// What people can share with others, and for what.
#ifndef PASSEND_SERVICE_DISCLOSURE_SHAREABLE_H_
#define PASSEND_SERVICE_DISCLOSURE_SHAREABLE_H_

#include "service/disclosure/group_set.h"

namespace passend::service {

inline constexpr GroupSet kShareableGroups = {
    v1::FIELD_GROUP_IDENTITY, v1::FIELD_GROUP_BASIC,  v1::FIELD_GROUP_SKILLS,
    v1::FIELD_GROUP_EVIDENCE, v1::FIELD_GROUP_WISHES, v1::FIELD_GROUP_PACE,
    v1::FIELD_GROUP_SUPPORT,  v1::FIELD_GROUP_FIT,    v1::FIELD_GROUP_SCORES};

// Whether a consent can widen what is read for the purpose.
constexpr bool IsShareable(v1::Purpose purpose) {
  return purpose == v1::PURPOSE_GUIDANCE || purpose == v1::PURPOSE_MATCHING;
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_DISCLOSURE_SHAREABLE_H_
